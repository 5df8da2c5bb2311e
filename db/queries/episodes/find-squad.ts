import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { squads } from "../../schema/squad";

/** A squad of the team; undefined when it is another team's or none. */
export async function findTeamSquad(db: Db, input: { teamId: string; squadId: string }) {
  const [squad] = await db
    .select({ squadId: squads.id, teamId: squads.teamId, timeZone: squads.timeZone, preset: squads.preset })
    .from(squads)
    .where(and(eq(squads.id, input.squadId), eq(squads.teamId, input.teamId)));
  return squad;
}
