import { and, asc, gte, like, lte } from "drizzle-orm";
import type { Db } from "../../client";
import { dailyRuns } from "../../schema/operation";

const KEY = "night-look/";

/** Notes that a sync cycle has begun and made due every night stream that is to be asked in it. */
export async function noteNightLook(db: Db, input: { at: Date }): Promise<void> {
  await db
    .insert(dailyRuns)
    .values({ key: KEY + input.at.toISOString(), ranAt: input.at })
    .onConflictDoNothing();
}

/** When the first sync cycle of a span began to look for nights; null when none has. */
export async function findNightLookSince(db: Db, input: { since: Date; until: Date }): Promise<Date | null> {
  const [row] = await db
    .select({ ranAt: dailyRuns.ranAt })
    .from(dailyRuns)
    .where(
      and(
        like(dailyRuns.key, `${KEY}%`),
        gte(dailyRuns.ranAt, input.since),
        lte(dailyRuns.ranAt, input.until),
      ),
    )
    .orderBy(asc(dailyRuns.ranAt))
    .limit(1);
  return row?.ranAt ?? null;
}
