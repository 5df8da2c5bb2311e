import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../files";
import { recordOf, stillRuns } from "../processes";
import { clearOrphans } from "./orphans";
import { startPostgres } from "./server";

const prefix = "restday-pg-";
const ownerSchema = z.object({ pid: z.number(), identity: z.string() });

export type ScratchPostgres = { url: string; stop(): Promise<void> };

/** Test runs that were killed leave their servers behind; the next one ends them. */
async function clearAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const home = join(tmpdir(), name);
    const owner = ownerSchema.safeParse(readJson(join(home, "owner.json")));
    if (!owner.success || stillRuns(owner.data)) continue;
    await clearOrphans(join(home, "data"));
    rmSync(home, { recursive: true, force: true });
  }
}

/** A PostgreSQL server for tests: in a temporary folder, fast rather than durable, gone after `stop`. */
export async function startScratchPostgres(): Promise<ScratchPostgres> {
  await clearAbandoned();
  const home = mkdtempSync(join(tmpdir(), prefix));
  writeFileSync(join(home, "owner.json"), JSON.stringify(recordOf(process.pid)));
  const server = await startPostgres({
    folder: join(home, "data"),
    logFile: join(home, "postgres.log"),
    password: randomBytes(12).toString("hex"),
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  return {
    url: server.urlOf("postgres"),
    async stop() {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
