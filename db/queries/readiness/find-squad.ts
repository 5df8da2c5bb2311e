import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../../client";
import { squads } from "../../schema/squad";

/** A squad in use, by id alone: for jobs, which act for every team. */
export async function findActiveSquad(db: Db, input: { squadId: string }) {
  const [squad] = await db
    .select({
      squadId: squads.id,
      teamId: squads.teamId,
      name: squads.name,
      timeZone: squads.timeZone,
      preset: squads.preset,
      mailTime: squads.mailTime,
    })
    .from(squads)
    .where(and(eq(squads.id, input.squadId), isNull(squads.archivedAt)));
  return squad;
}
