import { and, desc, eq, gt, inArray, isNull, lte, not, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, columnOf } from "@/db/rows";
import { connections, streamStates, syncLeases } from "@/db/schema/connection";
import { rawPayloads } from "@/db/schema/payload";
import { sources } from "@/db/schema/source";
import { athletes, consents, squads } from "@/db/schema/squad";
import { nights, sleeps } from "@/db/schema/wearable";
import type { ConnectionStatus } from "@/lib/wearables/connection";
import type { ProviderId } from "@/lib/wearables/provider";
import { account, accountOf, areAccounts, isLive } from "./connections";
import { isOver, listExpiredLeases } from "./leases";

/** A connection that waits for nobody but the provider. */
const WORKING = ["active", "registering", "consent-missing"] satisfies ConnectionStatus[];

/** No stream waits this long: one that is due later was put off before the clock was set back. */
const LONGEST_WAIT_MS = 2 * 86_400_000;

/** A stream of the provider that a connection is to: another one's streams rest. */
const isOfConnection = and(
  eq(streamStates.athleteId, connections.athleteId),
  eq(streamStates.provider, connections.provider),
);

const isDue = (now: Date) =>
  or(lte(streamStates.nextDueAt, now), gt(streamStates.nextDueAt, new Date(now.getTime() + LONGEST_WAIT_MS)));

/** Athletes with a stream due who have not paused, those who waited longest first. */
async function listAthletesWithDueStreams(db: Db, now: Date): Promise<string[]> {
  const waitedSince = sql`min(coalesce(${streamStates.lastSuccessAt}, 'epoch'))`;
  const rows = await db
    .select({ athleteId: streamStates.athleteId })
    .from(streamStates)
    .innerJoin(connections, isOfConnection)
    .innerJoin(athletes, eq(athletes.id, streamStates.athleteId))
    .where(and(isDue(now), inArray(connections.status, WORKING), isNull(athletes.pausedAt)))
    .groupBy(streamStates.athleteId)
    .orderBy(waitedSince);
  return rows.map((row) => row.athleteId);
}

/** Athletes whose registration waited for the quota and may go on now. */
export async function listRegistrationsDue(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectDistinct({ athleteId: connections.athleteId })
    .from(connections)
    .innerJoin(streamStates, isOfConnection)
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

/** Working connections among some accounts of a provider, for turning notices into streams due. */
export async function listConnectionsOfAccounts(
  db: Db,
  { provider, accountIds }: { provider: ProviderId; accountIds: readonly string[] },
): Promise<{ accountId: string; athleteId: string }[]> {
  if (accountIds.length === 0) return [];
  const rows = await db
    .select({ ...account, athleteId: connections.athleteId })
    .from(connections)
    .where(and(areAccounts(provider, accountIds), isLive()));
  return rows.map((row) => ({ athleteId: row.athleteId, accountId: accountOf(row).accountId }));
}

/** The latest day of a table's rows that came by the connection at hand: whether its provider need be asked, not what is shown. */
const latestBy = (name: string, table: typeof nights | typeof sleeps) => columnOf(
  name,
  civilDate.nullable(),
)`(
  select own.date from ${table} own join ${sources} src on src.athlete_id = own.athlete_id and src.id = own.source_id
  where own.athlete_id = ${connections.athleteId} and src.provider = ${connections.provider}
  order by own.date desc limit 1)`;

/**
 * For every working connection: the squad's zone, the last night and sleep that it brought, and when each stream of the
 * morning was last asked for.
 */
export async function listMornings(db: Db, input: { streams: readonly string[] }) {
  return db
    .select({
      athleteId: connections.athleteId,
      provider: connections.provider,
      timeZone: squads.timeZone,
      mailTime: squads.mailTime,
      lastNight: latestBy("listMornings.lastNight", nights),
      lastSleep: latestBy("listMornings.lastSleep", sleeps),
      stream: streamStates.stream,
      lastAttemptAt: streamStates.lastAttemptAt,
    })
    .from(connections)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .innerJoin(streamStates, isOfConnection)
    .where(
      and(
        inArray(connections.status, WORKING),
        // Not registered at Polar yet: that comes first, in its own time.
        sql`${connections.statusReason} is distinct from 'registration'`,
        isNull(athletes.pausedAt),
        inArray(streamStates.stream, [...input.streams]),
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
export async function listFirstSyncs(
  db: Db,
  provider: ProviderId,
): Promise<{ athleteId: string; shareToCome: number }[]> {
  return db
    .select({
      athleteId: connections.athleteId,
      shareToCome: columnOf(
        "listFirstSyncs.shareToCome",
        z.number(),
      )`avg((${streamStates.backfilledAt} is null)::int)::float8`,
    })
    .from(connections)
    .innerJoin(streamStates, isOfConnection)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(
      and(
        eq(connections.provider, provider),
        eq(connections.status, "active"),
        isNull(connections.backfilledAt),
        isNull(athletes.pausedAt),
      ),
    )
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
