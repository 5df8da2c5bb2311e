import { and, count, desc, eq, gte, isNotNull, lte, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { readinessDays } from "../../schema/readiness";
import { nights } from "../../schema/wearable";

type AthleteKey = { teamId: string; athleteId: string };

/** The latest scored day up to a date. */
export async function findLatestDay(db: Db, input: AthleteKey & { date: string }) {
  const [row] = await db
    .select({
      date: readinessDays.date,
      level: readinessDays.level,
      grade: readinessDays.baselineGrade,
      evidence: readinessDays.evidence,
    })
    .from(readinessDays)
    .where(
      and(
        eq(readinessDays.athleteId, input.athleteId),
        eq(readinessDays.teamId, input.teamId),
        lte(readinessDays.date, input.date),
      ),
    )
    .orderBy(desc(readinessDays.date))
    .limit(1);
  return row;
}

/** An athlete's own nights since a date, oldest first: reading (where it can be one), 7-day mean and baseline of each. */
export async function listOwnNights(db: Db, input: AthleteKey & { since: string }) {
  const rows = await db
    .select({
      date: readinessDays.date,
      source: readinessDays.source,
      rmssdMs: sql<
        number | null
      >`case when ${readinessDays.valid} or ${readinessDays.suspect} then ${readinessDays.rmssdMs} end`,
      mean7: readinessDays.mean7,
      baselineMean: readinessDays.baselineMean,
      baselineSd: readinessDays.baselineSd,
    })
    .from(readinessDays)
    .where(
      and(
        eq(readinessDays.athleteId, input.athleteId),
        eq(readinessDays.teamId, input.teamId),
        gte(readinessDays.date, input.since),
      ),
    )
    .orderBy(readinessDays.date);
  return rows;
}

/** Nights with a reading since a date: what a baseline can be made of. */
export async function countReadings(db: Db, input: AthleteKey & { since: string }): Promise<number> {
  const [row] = await db
    .select({ readings: count() })
    .from(nights)
    .where(
      and(
        eq(nights.athleteId, input.athleteId),
        eq(nights.teamId, input.teamId),
        gte(nights.date, input.since),
        isNotNull(nights.rmssdMs),
      ),
    );
  return row?.readings ?? 0;
}
