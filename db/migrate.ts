import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { migrateEngine } from "../inngest/embedded/migrate";
import { connectSql } from "./connection";

/**
 * Brings the schema up to date with the owner's login; also the job engine's own tables. Safe to repeat. Of several
 * processes that start at once, one migrates and the others wait for it.
 */
export async function migrateDatabase(input: { ownerUrl: string }): Promise<void> {
  const sql = connectSql(input.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    // For as long as the connection lasts: a process that dies lets the next one on.
    await sql`select pg_advisory_lock(hashtext('restday schema'))`;
    await migrate(drizzle(sql), {
      migrationsFolder: fileURLToPath(new URL("./migrations", import.meta.url)),
    });
    await migrateEngine(input);
  } finally {
    await sql.end();
  }
}
