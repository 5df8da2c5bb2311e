import { and, asc, gte, like } from "drizzle-orm";
import type { Db } from "../../client";
import { dailyRuns } from "../../schema/operation";

/** When the first sync cycle at or after a moment began; null when none has. */
export async function findCycleSince(db: Db, input: { since: Date }): Promise<Date | null> {
  const [row] = await db
    .select({ ranAt: dailyRuns.ranAt })
    .from(dailyRuns)
    .where(and(like(dailyRuns.key, "sync-due/%"), gte(dailyRuns.ranAt, input.since)))
    .orderBy(asc(dailyRuns.ranAt))
    .limit(1);
  return row?.ranAt ?? null;
}
