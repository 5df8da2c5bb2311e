import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections, streamStates } from "../../schema/connection";

type AthleteKey = { teamId: string; athleteId: string };

/** An athlete's latest connection, without its token. */
export async function findLatestConnection(db: Db, input: AthleteKey) {
  const [row] = await db
    .select({
      status: connections.status,
      connectedAt: connections.connectedAt,
      backfilledAt: connections.backfilledAt,
      revokedAt: connections.revokedAt,
    })
    .from(connections)
    .where(and(eq(connections.athleteId, input.athleteId), eq(connections.teamId, input.teamId)))
    .orderBy(desc(connections.connectedAt))
    .limit(1);
  return row;
}

/** How far each stream of an athlete has been read, and how many payloads of it could not be. */
export async function listStreamStates(db: Db, input: AthleteKey) {
  return db
    .select({
      stream: streamStates.stream,
      foundCount: streamStates.foundCount,
      readCount: streamStates.readCount,
      leftCount: streamStates.leftCount,
      asideCount: sql<number>`(select count(*)::int from raw_payloads p where p.athlete_id = stream_states.athlete_id
        and p.stream = stream_states.stream and p.value_count = 0)`,
      lastSuccessAt: streamStates.lastSuccessAt,
      backfilledAt: streamStates.backfilledAt,
      errorCode: streamStates.errorCode,
      nextDueAt: streamStates.nextDueAt,
    })
    .from(streamStates)
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.teamId, input.teamId)))
    .orderBy(asc(streamStates.stream));
}
