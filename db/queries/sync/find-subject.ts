import { and, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes, consents, squads } from "../../schema/squad";
import { isLive } from "../connections/connections";

/** What a sync needs to know of an athlete who has not paused: working connection, time zone, and the consent that still holds. */
export async function findSyncSubject(db: Db, athleteId: string) {
  const [row] = await db
    .select({ connection: connections, timeZone: squads.timeZone })
    .from(connections)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .where(and(eq(connections.athleteId, athleteId), isLive(), isNull(athletes.pausedAt)));
  const accessTokenSealed = row?.connection.accessTokenSealed;
  if (!row || !accessTokenSealed) return undefined;
  const consent = await findConsent(db, athleteId);
  return consent && { ...row, accessTokenSealed, consent };
}

/** The latest consent of an athlete that was not withdrawn. */
export async function findConsent(db: Db, athleteId: string) {
  const [consent] = await db
    .select({
      streams: consents.streams,
      history: consents.history,
      acceptedAt: consents.acceptedAt,
      sharesFrom: consents.sharesFrom,
    })
    .from(consents)
    .where(and(eq(consents.athleteId, athleteId), isNull(consents.withdrawnAt)))
    .orderBy(desc(consents.acceptedAt))
    .limit(1);
  return consent;
}
