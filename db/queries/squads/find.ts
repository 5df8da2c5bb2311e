import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../../client";
import { squads } from "../../schema/squad";

/** One squad of a team; undefined when it is another team's or none. */
export async function findSquad(db: Db, input: { teamId: string; squadId: string }) {
  const [row] = await db
    .select()
    .from(squads)
    .where(and(eq(squads.id, input.squadId), eq(squads.teamId, input.teamId)));
  return row;
}

/** A squad in use, by id alone: for jobs, which act for every team. */
export async function findSquadForJob(db: Db, input: { squadId: string }) {
  const [row] = await db
    .select()
    .from(squads)
    .where(and(eq(squads.id, input.squadId), isNull(squads.archivedAt)));
  return row;
}
