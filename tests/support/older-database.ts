import { randomBytes } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { inject } from "vitest";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";

type Journal = { entries: { tag: string }[] };

/** The migrations up to and including one, in a folder of their own. */
async function migrationsUpTo(tag: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp("db/migrations", folder, { recursive: true });
  const path = join(folder, "meta/_journal.json");
  const journal: Journal = JSON.parse(await readFile(path, "utf8"));
  const last = journal.entries.findIndex((entry) => entry.tag === tag);
  if (last < 0) throw new Error(`there is no migration ${tag}`);
  await writeFile(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, last + 1) }));
  return folder;
}

/** An empty database, for what makes the schema in it. */
export async function emptyDatabase() {
  const clusterUrl = inject("clusterUrl");
  const name = `t_${randomBytes(6).toString("hex")}`;
  const admin = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  const url = Object.assign(new URL(clusterUrl), { pathname: `/${name}` }).toString();
  const close = async () => {
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { url, close };
}

/** A database as a release left it whose last migration was `tag`. `update` brings it to the present. */
export async function databaseAsOf(tag: string) {
  const { url, close: drop } = await emptyDatabase();
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const migrationsFolder = await migrationsUpTo(tag);
  // A client of its own: drizzle changes how one writes dates.
  const migrating = postgres(url, { max: 1, onnotice: () => {} });
  await migrate(drizzle(migrating), { migrationsFolder });
  await migrating.end();
  const opened = openDatabase({ url, maxConnections: 4, name: "test" });
  const close = async () => {
    await opened.close();
    await owner.end();
    await drop();
    await rm(migrationsFolder, { recursive: true });
  };
  return { db: opened.db, owner, update: () => migrateDatabase({ ownerUrl: url }), close };
}
