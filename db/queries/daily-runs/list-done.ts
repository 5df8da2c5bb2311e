import { inArray } from "drizzle-orm";
import type { Db } from "../../client";
import { dailyRuns } from "../../schema/operation";

/** Which of these have been done. */
export async function listDailyRuns(db: Db, input: { keys: string[] }): Promise<Set<string>> {
  if (input.keys.length === 0) return new Set();
  const rows = await db
    .select({ key: dailyRuns.key })
    .from(dailyRuns)
    .where(inArray(dailyRuns.key, input.keys));
  return new Set(rows.map((row) => row.key));
}
