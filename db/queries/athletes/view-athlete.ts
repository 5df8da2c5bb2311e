import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { athletes, squads } from "../../schema/squad";

/** An athlete of a team with the squad they train in. */
export async function findAthleteInSquad(db: Db, input: { teamId: string; athleteId: string }) {
  const [row] = await db
    .select({
      id: athletes.id,
      name: athletes.name,
      groupName: athletes.groupName,
      stoppedAt: athletes.stoppedAt,
      squadId: squads.id,
      squadName: squads.name,
      timeZone: squads.timeZone,
      preset: squads.preset,
      loadKind: squads.loadKind,
    })
    .from(athletes)
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row;
}
