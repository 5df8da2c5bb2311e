import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { migrateEngine } from "../inngest/embedded/migrate";
import { connectSql } from "./connection";

/** Brings the schema up to date with the owner's login; also the job engine's own tables. Safe to repeat. */
export async function migrateDatabase(input: { ownerUrl: string }): Promise<void> {
  const sql = connectSql(input.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await migrate(drizzle(sql), {
      migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)),
    });
    await migrateEngine(input);
  } finally {
    await sql.end();
  }
}
