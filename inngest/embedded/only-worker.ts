import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { connectSql } from "../../db/connection";
import { checkedRows } from "../../db/rows";

export type WorkerLock = { release(): Promise<void> };

const workerLock = z.object({ held: z.boolean() });

/**
 * Makes this process the only one that works on the jobs of a database: a session lock that ends with the process.
 * Waits for a predecessor that is just going. `lost` is called when the connection that holds it breaks.
 */
export async function becomeOnlyWorker(input: {
  url: string;
  waitMs: number;
  lost(): void;
}): Promise<WorkerLock> {
  let state: "waiting" | "held" | "released" = "waiting";
  const sql = connectSql(input.url, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    onnotice: () => {},
    connection: { role: "restday_app", application_name: "restday-worker-lock" },
    onclose: () => state === "held" && input.lost(),
  });
  const deadline = Date.now() + input.waitMs;
  const release = () => {
    state = "released";
    return sql.end({ timeout: 1 });
  };
  for (;;) {
    const rows = await sql`select pg_try_advisory_lock(hashtext('restday worker')) as held`;
    if (checkedRows("becomeOnlyWorker", workerLock, rows)[0]?.held) break;
    if (Date.now() > deadline) {
      await release();
      throw new Error(
        "Another worker runs on this database; the embedded job engine is for one worker only.",
      );
    }
    await wait(100);
  }
  state = "held";
  // Jobs that a killed worker held would otherwise stay locked for hours; being the only one, none of them is alive.
  await sql`
    select graphile_worker.force_unlock_workers(array(
      select locked_by from graphile_worker._private_jobs where locked_by is not null
      union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`;
  return { release };
}
