import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { squads } from "../../schema/squad";

/** One squad of a team. */
export async function findSquad(db: Db, input: { teamId: string; squadId: string }) {
  const [row] = await db
    .select()
    .from(squads)
    .where(and(eq(squads.id, input.squadId), eq(squads.teamId, input.teamId)));
  return row;
}
