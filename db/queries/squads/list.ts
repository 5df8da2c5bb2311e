import { and, asc, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes, squads } from "../../schema/squad";
import { isLive } from "../connections/connections";

/** A team's squads that are in use, with how many athletes share and how many have not connected yet. */
export async function listSquadRows(db: Db, input: { teamId: string }) {
  return db
    .select({
      id: squads.id,
      name: squads.name,
      timeZone: squads.timeZone,
      preset: squads.preset,
      athleteCount: count(connections.id),
      waitingCount:
        // As the athletes page lists them: invited, the invitation neither used nor withdrawn.
        sql<number>`count(${athletes.id}) filter (where ${connections.id} is null and exists (
          select from invitations i where i.athlete_id = ${athletes.id} and i.used_at is null and i.withdrawn_at is null))`.mapWith(
          Number,
        ),
    })
    .from(squads)
    .leftJoin(athletes, eq(athletes.squadId, squads.id))
    .leftJoin(connections, and(eq(connections.athleteId, athletes.id), isLive()))
    .where(and(eq(squads.teamId, input.teamId), isNull(squads.archivedAt)))
    .groupBy(squads.id)
    .orderBy(asc(squads.name), asc(squads.createdAt));
}

/** A team's squads that were put away, the latest first. */
export async function listArchivedRows(db: Db, input: { teamId: string }) {
  return db
    .select({ id: squads.id, name: squads.name, archivedAt: squads.archivedAt })
    .from(squads)
    .where(and(eq(squads.teamId, input.teamId), isNotNull(squads.archivedAt)))
    .orderBy(desc(squads.archivedAt));
}
