import type { Sql, TransactionSql } from "postgres";
import { z } from "zod";
import { checkedRows } from "../../../db/rows";

const lostRun = z.object({ id: z.string(), state: z.enum(["active", "sleeping"]), delayMs: z.number() });

/** `drive` carries a run on; `wake` ends a sleep and queues the run for a slot. */
export type JobTask = "drive" | "wake";

export const taskPrefix = "restday-engine-";

export function taskName(task: JobTask): string {
  return `${taskPrefix}${task}`;
}

/** Enqueues the next job of each run in the caller's transaction. A run has at most one: its key replaces an older one. */
export async function addJobs(
  tx: Sql | TransactionSql,
  jobs: { task: JobTask; runIds: readonly string[]; delayMs: number },
): Promise<void> {
  if (jobs.runIds.length === 0) return;
  await tx`
    select count(*) from graphile_worker.add_jobs(array(
      select (
        ${taskName(jobs.task)}, json_build_object('runId', run.id), null,
        now() + make_interval(secs => ${jobs.delayMs / 1_000}::float8), null, ${taskPrefix} || run.id, null, null
      )::graphile_worker.job_spec
      from unnest(${jobs.runIds as string[]}::text[]) with ordinality as run(id, place) order by run.place
    ))`;
}

/**
 * Puts right what a crash or a job's last attempt left: jobs that will never run again are removed,
 * open runs without a job get one. For the only worker. Returns the number of runs.
 */
export async function restoreLostJobs(sql: Sql): Promise<number> {
  await sql`
    delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier like ${`${taskPrefix}%`}
      and (j.attempts >= j.max_attempts or t.identifier not in (${taskName("drive")}, ${taskName("wake")}))`;
  const rows = await sql`
    select r.id, r.state,
      coalesce(greatest(0, extract(epoch from r.due_at - now()) * 1000), 0)::float8 as "delayMs"
    from engine.runs r left join graphile_worker._private_jobs j on j.key = ${taskPrefix} || r.id
    where r.state in ('active', 'sleeping') and j.id is null`;
  const lost = checkedRows("restoreLostJobs", lostRun, rows);
  for (const { id, state, delayMs } of lost) {
    await addJobs(sql, { task: state === "active" ? "drive" : "wake", runIds: [id], delayMs });
  }
  return lost.length;
}
