import { and, count, desc, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { checkIns } from "../../schema/readiness";
import type { CheckInRow } from "./upsert";

type AthleteKey = { teamId: string; athleteId: string };

const ofAthlete = (input: AthleteKey) =>
  and(eq(checkIns.athleteId, input.athleteId), eq(checkIns.teamId, input.teamId));

/** An athlete's check-ins, the latest first. */
export async function listCheckIns(
  db: Db,
  input: AthleteKey & { limit: number; offset: number },
): Promise<CheckInRow[]> {
  return db
    .select()
    .from(checkIns)
    .where(ofAthlete(input))
    .orderBy(desc(checkIns.date))
    .limit(input.limit)
    .offset(input.offset);
}

/** How many mornings an athlete has checked in. */
export async function countCheckIns(db: Db, input: AthleteKey): Promise<number> {
  const [row] = await db.select({ mornings: count() }).from(checkIns).where(ofAthlete(input));
  return row?.mornings ?? 0;
}
