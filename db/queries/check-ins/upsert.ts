import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { checkIns } from "../../schema/readiness";

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
