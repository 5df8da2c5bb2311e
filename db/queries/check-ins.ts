import { and, count, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { checkIns } from "@/db/schema/readiness";

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

export type CheckInRow = typeof checkIns.$inferSelect;

/** Stores a morning's check-in in place of an earlier one of the same day. */
export async function upsertCheckIn(db: Db, input: typeof checkIns.$inferInsert): Promise<void> {
  const { teamId: _team, athleteId: _athlete, date: _date, ...answers } = input;
  await db
    .insert(checkIns)
    .values(input)
    .onConflictDoUpdate({ target: [checkIns.athleteId, checkIns.date], set: answers });
}

/** The check-in of one day. */
export async function findCheckIn(
  db: Db,
  input: { teamId: string; athleteId: string; date: string },
): Promise<CheckInRow | undefined> {
  const [row] = await db
    .select()
    .from(checkIns)
    .where(
      and(
        eq(checkIns.athleteId, input.athleteId),
        eq(checkIns.teamId, input.teamId),
        eq(checkIns.date, input.date),
      ),
    );
  return row;
}
