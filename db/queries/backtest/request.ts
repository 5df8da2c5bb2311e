import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import { backtests } from "../../schema/readiness";

/**
 * Notes that a back-test is wanted; true when a job has to begin. One under way or finished is left alone; one that
 * failed an hour ago, or never came to an end within a day, is wanted anew.
 */
export async function requestBacktest(
  db: Db,
  input: { teamId: string; squadId: string; inputHash: string; requestedAt: Date },
): Promise<boolean> {
  const now = sql`${input.requestedAt.toISOString()}::timestamptz`;
  const rows = await db
    .insert(backtests)
    .values({ ...input, progressPercent: 0 })
    .onConflictDoUpdate({
      target: backtests.inputHash,
      set: { progressPercent: 0, requestedAt: input.requestedAt, finishedAt: null },
      setWhere: sql`${backtests.result} is null and (
        ${backtests.finishedAt} < ${now} - interval '1 hour'
        or ${backtests.finishedAt} is null and ${backtests.requestedAt} < ${now} - interval '1 day')`,
    })
    .returning({ inputHash: backtests.inputHash });
  return rows.length > 0;
}
