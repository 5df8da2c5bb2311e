import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { openDatabase } from "@/db/client";

declare module "vitest" {
  interface ProvidedContext {
    clusterUrl: string;
    templateName: string;
  }
}

/** A database of its own for one test file, cloned from the migrated template. `db` acts as the restricted role, `owner` as its owner. */
export async function freshDatabase() {
  const clusterUrl = inject("clusterUrl");
  const name = `t_${randomBytes(6).toString("hex")}`;
  const admin = postgres(clusterUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template ${inject("templateName")}`);
  const url = Object.assign(new URL(clusterUrl), { pathname: `/${name}` }).toString();
  const opened = openDatabase({ url, maxConnections: 8, name: "test" });
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const close = async () => {
    await opened.close();
    await owner.end();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  };
  return { url, ownerUrl: url, db: opened.db, client: opened.client, owner, close };
}
