import { readFile } from "node:fs/promises";
import { runMigrations } from "graphile-worker";
import { connectPool, connectSql } from "../../db/connection";
import { queueLogger } from "./queue-logger";

/**
 * Brings the job queue (graphile-worker) and the tables of the embedded engine up to date and lets the role `restday_app` use them.
 * The role must exist. Safe to repeat; one caller at a time.
 * @param input.ownerUrl - the login that owns the schema; it needs CREATE on the database.
 */
export async function migrateEngine(input: { ownerUrl: string }): Promise<void> {
  const pool = await connectPool(input.ownerUrl, { max: 1 });
  await runMigrations({ pgPool: pool, logger: queueLogger() }).finally(() => pool.end());
  const statements = await readFile(new URL("./schema.sql", import.meta.url), "utf8");
  const owner = connectSql(input.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await owner.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('restday engine schema'))`;
      await tx.unsafe(statements);
    });
  } finally {
    await owner.end();
  }
}
