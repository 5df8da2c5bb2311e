import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections, streamStates } from "../../schema/connection";
import { athletes } from "../../schema/squad";

/** Working connections that are not paused and whose history has not been read to its end, with the share of their streams that is to come. */
export async function listFirstSyncs(db: Db): Promise<{ athleteId: string; shareToCome: number }[]> {
  return db
    .select({
      athleteId: connections.athleteId,
      shareToCome: sql<number>`avg((${streamStates.backfilledAt} is null)::int)::float8`,
    })
    .from(connections)
    .innerJoin(streamStates, eq(streamStates.athleteId, connections.athleteId))
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(and(eq(connections.status, "active"), isNull(connections.backfilledAt), isNull(athletes.pausedAt)))
    .groupBy(connections.athleteId);
}
