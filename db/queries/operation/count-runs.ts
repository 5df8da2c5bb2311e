import { sql } from "drizzle-orm";
import type { Db } from "../../client";

export type RunCount = {
  functionId: string;
  running: number;
  waiting: number;
  /** Waits for its next try or for a moment it chose. */
  sleeping: number;
  finishedToday: number;
  failedWeek: number;
  lastEndedAtMs: number | null;
  oldestWaitingAtMs: number | null;
};

/** Runs of the embedded engine by function, over all teams; null where an Inngest server runs the jobs. */
export async function countRuns(db: Db, input: { now: Date }): Promise<RunCount[] | null> {
  const [engine] = await db.execute<{ present: boolean }>(
    sql`select to_regclass('engine.runs') is not null as present`,
  );
  if (!engine?.present) return null;
  const now = sql`${input.now.toISOString()}::timestamptz`;
  const rows = await db.execute<RunCount>(sql`
    select regexp_replace(function_id, '^restday-', '') as "functionId",
      (count(*) filter (where state = 'active'))::int as running,
      (count(*) filter (where state = 'queued'))::int as waiting,
      (count(*) filter (where state = 'sleeping'))::int as sleeping,
      (count(*) filter (where state = 'finished' and ended_at > ${now} - interval '24 hours'))::int as "finishedToday",
      (count(*) filter (where state = 'failed' and ended_at > ${now} - interval '7 days'))::int as "failedWeek",
      (extract(epoch from max(ended_at)) * 1000)::float8 as "lastEndedAtMs",
      (extract(epoch from min(created_at) filter (where state in ('queued', 'active'))) * 1000)::float8
        as "oldestWaitingAtMs"
    from engine.runs where function_id not like '%-failure'
    group by function_id order by function_id`);
  return [...rows];
}
