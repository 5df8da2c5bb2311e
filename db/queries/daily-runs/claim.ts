import type { Db } from "../../client";
import { dailyRuns } from "../../schema/operation";

/** Notes that something was done for a squad and day. False when it had been done before. */
export async function claimDailyRun(db: Db, input: { key: string; ranAt: Date }): Promise<boolean> {
  const rows = await db
    .insert(dailyRuns)
    .values(input)
    .onConflictDoNothing()
    .returning({ key: dailyRuns.key });
  return rows.length > 0;
}
