import { and, inArray, lte } from "drizzle-orm";
import type { Db } from "../../client";
import { dailyRuns } from "../../schema/operation";

/** Which of these have been done; notes of moments that are still to come count for nothing, as in `claimDailyRun`. */
export async function listDailyRuns(db: Db, input: { keys: string[]; now: Date }): Promise<Set<string>> {
  if (input.keys.length === 0) return new Set();
  const inAMinute = new Date(input.now.getTime() + 60_000);
  const rows = await db
    .select({ key: dailyRuns.key })
    .from(dailyRuns)
    .where(and(inArray(dailyRuns.key, input.keys), lte(dailyRuns.ranAt, inAMinute)));
  return new Set(rows.map((row) => row.key));
}
