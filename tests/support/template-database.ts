import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "@/db/migrate";
import { startScratchPostgres } from "@/scripts/run/postgres/scratch";

/** Migrates one template database per run; every test file clones it. */
export default async function setup(project: TestProject) {
  const scratch = process.env.TEST_DATABASE_URL ? undefined : await startScratchPostgres();
  const clusterUrl = process.env.TEST_DATABASE_URL ?? scratch?.url ?? "";
  const name = `template_${randomBytes(4).toString("hex")}`;
  const admin = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name}`);
  await migrateDatabase({
    ownerUrl: Object.assign(new URL(clusterUrl), { pathname: `/${name}` }).toString(),
  });
  project.provide("clusterUrl", clusterUrl);
  project.provide("templateName", name);
  return async () => {
    await admin.unsafe(`drop database if exists ${name} with (force)`);
    await admin.end();
    await scratch?.stop();
  };
}
