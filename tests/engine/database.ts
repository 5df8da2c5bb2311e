import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { migrateEngine } from "../../inngest/embedded/migrate";
import { startScratchPostgres } from "../../scripts/run/postgres/scratch";

export type EngineDatabase = { url: string; drop(): Promise<void> };

async function serverUrl(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  return given ? { url: given, stop: async () => {} } : startScratchPostgres();
}

async function prepare(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  // Roles belong to the server: another test file may be making the same one.
  await sql.unsafe(
    `do $$ begin create role restday_app; exception when duplicate_object or unique_violation then null; end $$`,
  );
  await migrateEngine({ ownerUrl: url });
  await sql`create table effects (id bigint generated always as identity, run text, label text, at timestamptz default clock_timestamp())`;
  await sql`grant all on effects to restday_app`;
  await sql.end();
}

/** A database of its own with the engine's tables, and a table `effects` for what functions did. */
export async function createEngineDatabase(): Promise<EngineDatabase> {
  const server = await serverUrl();
  const name = `engine_${randomBytes(6).toString("hex")}`;
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)}`;
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await prepare(url.href);
  return {
    url: url.href,
    async drop() {
      await admin`drop database ${admin(name)} with (force)`;
      await admin.end();
      await server.stop();
    },
  };
}
