import { readFile } from "node:fs/promises";
import { runMigrations } from "graphile-worker";
import type { Sql } from "postgres";
import { queueLogger } from "./queue-logger";

/** The address of the database that the given pool is connected to. */
function urlOf(owner: Sql): string {
  const { host, port, user, pass, database, ssl } = owner.options;
  if (typeof pass === "function") throw new Error("The owner's password must be part of its URL.");
  const url = new URL(`postgres://${host[0]}:${port[0]}/${encodeURIComponent(database)}`);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(pass ?? "");
  if (ssl) url.searchParams.set("sslmode", ssl === "verify-full" ? "verify-full" : "no-verify");
  return url.href;
}

/**
 * Brings the job queue (graphile-worker) and the tables of the embedded engine up to date and lets the role `restday_app` use them.
 * The role must exist. Safe to repeat; one caller at a time.
 * @param owner - a pool of the login that owns the schema; it needs CREATE on the database.
 */
export async function migrateEngine(owner: Sql): Promise<void> {
  await runMigrations({ connectionString: urlOf(owner), maxPoolSize: 1, logger: queueLogger() });
  const statements = await readFile(new URL("./schema.sql", import.meta.url), "utf8");
  await owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('restday engine schema'))`;
    await tx.unsafe(statements);
  });
}
