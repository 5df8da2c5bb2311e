import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { athletes } from "../../schema/squad";

type AthleteChanges = Partial<Pick<typeof athletes.$inferInsert, "name" | "groupName" | "squadId">>;

/** Changes what a coach keeps of an athlete; the number of rows that changed. */
export async function updateAthlete(
  db: Db,
  input: { teamId: string; athleteId: string; changes: AthleteChanges },
): Promise<number> {
  const rows = await db
    .update(athletes)
    .set(input.changes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)))
    .returning({ id: athletes.id });
  return rows.length;
}
