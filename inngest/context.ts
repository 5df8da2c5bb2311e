import { type OpenDatabase, openDatabase } from "@/db/client";
import { currentTime } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { providers } from "@/lib/providers/registry";

const held = globalThis as typeof globalThis & { restdayJobs?: OpenDatabase };
const log = createLog("jobs");

/** What a job hands to services: the process's one pool, and the moment it began. */
export function jobContext(job: string): Context {
  held.restdayJobs ??= openDatabase({ url: env().DATABASE_URL, maxConnections: 10, name: "jobs" });
  return {
    db: held.restdayJobs.db,
    actor: { kind: "job", job },
    teamId: null,
    now: currentTime(),
    log: log.child({ job }),
    providers,
  };
}

/** Closes the pool, for a process that ends. */
export async function closeJobDatabase(): Promise<void> {
  await held.restdayJobs?.close();
  held.restdayJobs = undefined;
}
