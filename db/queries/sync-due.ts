import { and, desc, eq, gt, inArray, isNull, lte, not, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, columnOf } from "@/db/rows";
import { connections, streamStates, syncLeases } from "@/db/schema/connection";
import { rawPayloads } from "@/db/schema/payload";
import { athletes, consents, squads } from "@/db/schema/squad";
import { nights, sleeps } from "@/db/schema/wearable";
import { MORNING_STREAMS } from "@/lib/providers/polar/streams";
import type { ConnectionStatus } from "@/lib/wearables/connection";
import { isLive } from "./connections";
import { isOver, listExpiredLeases } from "./leases";

/** A connection that waits for nobody but Polar. */
const WORKING = ["active", "registering", "consent-missing"] satisfies ConnectionStatus[];

/** No stream waits this long: one that is due later was put off before the clock was set back. */
const LONGEST_WAIT_MS = 2 * 86_400_000;

const isDue = (now: Date) =>
  or(lte(streamStates.nextDueAt, now), gt(streamStates.nextDueAt, new Date(now.getTime() + LONGEST_WAIT_MS)));

/** Athletes with a stream due who have not paused, those who waited longest first. */
async function listAthletesWithDueStreams(db: Db, now: Date): Promise<string[]> {
  const waitedSince = sql`min(coalesce(${streamStates.lastSuccessAt}, 'epoch'))`;
  const rows = await db
    .select({ athleteId: streamStates.athleteId })
    .from(streamStates)
    .innerJoin(connections, eq(connections.athleteId, streamStates.athleteId))
    .innerJoin(athletes, eq(athletes.id, streamStates.athleteId))
    .where(and(isDue(now), inArray(connections.status, WORKING), isNull(athletes.pausedAt)))
    .groupBy(streamStates.athleteId)
    .orderBy(waitedSince);
  return rows.map((row) => row.athleteId);
}

/** Athletes whose registration at Polar waited for the quota and may go on now. */
export async function listRegistrationsDue(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectDistinct({ athleteId: connections.athleteId })
    .from(connections)
    .innerJoin(streamStates, eq(streamStates.athleteId, connections.athleteId))
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(
      and(
        eq(connections.status, "registering"),
        lte(streamStates.nextDueAt, now),
        isNull(athletes.pausedAt),
        isNull(athletes.stoppedAt),
      ),
    );
  return rows.map((row) => row.athleteId);
}

/** Athletes who have not paused with stored payloads that no parser has read yet. */
async function listAthletesWithUnparsed(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ athleteId: rawPayloads.athleteId })
    .from(rawPayloads)
    .innerJoin(athletes, eq(athletes.id, rawPayloads.athleteId))
    .where(and(isNull(rawPayloads.parsedAt), isNull(athletes.pausedAt)));
  return rows.map((row) => row.athleteId);
}

/** Working connections among Polar's users, for turning notices into streams due. */
export async function listConnectionsByPolarUser(db: Db, polarUserIds: readonly number[]) {
  if (polarUserIds.length === 0) return [];
  return db
    .select({
      polarUserId: connections.polarUserId,
      athleteId: connections.athleteId,
      teamId: connections.teamId,
    })
    .from(connections)
    .where(and(inArray(connections.polarUserId, [...polarUserIds]), isLive()));
}

/** For every working connection: the squad's zone, the last night and sleep stored, and when each night stream was last asked for. */
export async function listMornings(db: Db) {
  const lastNight = columnOf(
    "listMornings.lastNight",
    civilDate.nullable(),
  )`(select max(${nights.date}) from ${nights} where ${nights.athleteId} = ${connections.athleteId})`;
  const lastSleep = columnOf(
    "listMornings.lastSleep",
    civilDate.nullable(),
  )`(select max(${sleeps.date}) from ${sleeps} where ${sleeps.athleteId} = ${connections.athleteId})`;
  return db
    .select({
      athleteId: connections.athleteId,
      timeZone: squads.timeZone,
      mailTime: squads.mailTime,
      lastNight,
      lastSleep,
      stream: streamStates.stream,
      lastAttemptAt: streamStates.lastAttemptAt,
    })
    .from(connections)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .innerJoin(streamStates, eq(streamStates.athleteId, connections.athleteId))
    .where(
      and(
        inArray(connections.status, WORKING),
        // Not registered at Polar yet: that comes first, in its own time.
        sql`${connections.statusReason} is distinct from 'registration'`,
        isNull(athletes.pausedAt),
        inArray(streamStates.stream, MORNING_STREAMS),
      ),
    );
}

/**
 * Athletes of whom something is to be fetched or read: a stream is due, payloads are unread, or a run left its lease.
 * Those whom somebody works on are not among them: the lease's holder asks for them again, if need be.
 */
export async function listOwedSyncs(db: Db, now: Date): Promise<string[]> {
  const due = await listAthletesWithDueStreams(db, now);
  const left = [...(await listExpiredLeases(db)), ...(await listAthletesWithUnparsed(db))];
  const held = await db.select({ athleteId: syncLeases.athleteId }).from(syncLeases).where(not(isOver));
  const busy = new Set(held.map((row) => row.athleteId));
  return [...new Set([...due, ...left])].filter((athleteId) => !busy.has(athleteId));
}

/** Working connections that are not paused and whose history has not been read to its end, with the share of their streams that is to come. */
export async function listFirstSyncs(db: Db): Promise<{ athleteId: string; shareToCome: number }[]> {
  return db
    .select({
      athleteId: connections.athleteId,
      shareToCome: columnOf(
        "listFirstSyncs.shareToCome",
        z.number(),
      )`avg((${streamStates.backfilledAt} is null)::int)::float8`,
    })
    .from(connections)
    .innerJoin(streamStates, eq(streamStates.athleteId, connections.athleteId))
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(and(eq(connections.status, "active"), isNull(connections.backfilledAt), isNull(athletes.pausedAt)))
    .groupBy(connections.athleteId);
}

/** What a sync needs to know of an athlete who has not paused: working connection, time zone, and the consent that still holds. */
export async function findSyncSubject(db: Db, athleteId: string) {
  const [row] = await db
    .select({ connection: connections, timeZone: squads.timeZone, optionalStreams: squads.optionalStreams })
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
