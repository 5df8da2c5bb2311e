import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import { dailyRuns } from "../../schema/operation";

/**
 * Notes that something was done for a squad and day. False when it had been done before; a note of a moment that is
 * still to come was made before the clock was set back, and counts for nothing.
 */
export async function claimDailyRun(db: Db, input: { key: string; ranAt: Date }): Promise<boolean> {
  const rows = await db
    .insert(dailyRuns)
    .values(input)
    .onConflictDoUpdate({
      target: dailyRuns.key,
      set: { ranAt: input.ranAt },
      setWhere: sql`${dailyRuns.ranAt} > ${input.ranAt.toISOString()}::timestamptz + interval '1 minute'`,
    })
    .returning({ key: dailyRuns.key });
  return rows.length > 0;
}
