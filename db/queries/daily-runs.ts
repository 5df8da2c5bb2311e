import { and, asc, gte, inArray, like, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dailyRuns } from "@/db/schema/operation";

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
