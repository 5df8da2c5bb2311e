import { and, asc, count, desc, eq, gte, isNotNull, lte } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { connections, streamStates } from "@/db/schema/connection";
import { accessLog } from "@/db/schema/operation";
import { readinessDays } from "@/db/schema/readiness";
import { athletes } from "@/db/schema/squad";
import { nights } from "@/db/schema/wearable";
import type { LookKind } from "@/lib/access-log";

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
      asideCount: columnOf(
        "listStreamStates.asideCount",
        z.int(),
      )`(select count(*)::int from raw_payloads p where p.athlete_id = stream_states.athlete_id
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

/** The latest scored day up to a date. */
export async function findLatestDay(db: Db, input: AthleteKey & { date: string }) {
  const [row] = await db
    .select({
      date: readinessDays.date,
      level: readinessDays.level,
      grade: readinessDays.baselineGrade,
      evidence: readinessDays.evidence,
    })
    .from(readinessDays)
    .where(
      and(
        eq(readinessDays.athleteId, input.athleteId),
        eq(readinessDays.teamId, input.teamId),
        lte(readinessDays.date, input.date),
      ),
    )
    .orderBy(desc(readinessDays.date))
    .limit(1);
  return row;
}

/** An athlete's own nights since a date, oldest first: reading (where it can be one), 7-day mean and baseline of each. */
export async function listOwnNights(db: Db, input: AthleteKey & { since: string }) {
  const rows = await db
    .select({
      date: readinessDays.date,
      source: readinessDays.source,
      rmssdMs: columnOf(
        "listOwnNights.rmssdMs",
        z.number().nullable(),
      )`case when ${readinessDays.valid} or ${readinessDays.suspect} then ${readinessDays.rmssdMs} end`,
      mean7: readinessDays.mean7,
      baselineMean: readinessDays.baselineMean,
      baselineSd: readinessDays.baselineSd,
    })
    .from(readinessDays)
    .where(
      and(
        eq(readinessDays.athleteId, input.athleteId),
        eq(readinessDays.teamId, input.teamId),
        gte(readinessDays.date, input.since),
      ),
    )
    .orderBy(readinessDays.date);
  return rows;
}

/** Nights with a reading since a date: what a baseline can be made of. */
export async function countReadings(db: Db, input: AthleteKey & { since: string }): Promise<number> {
  const [row] = await db
    .select({ readings: count() })
    .from(nights)
    .where(
      and(
        eq(nights.athleteId, input.athleteId),
        eq(nights.teamId, input.teamId),
        gte(nights.date, input.since),
        isNotNull(nights.rmssdMs),
      ),
    );
  return row?.readings ?? 0;
}

const ofAthlete = (input: AthleteKey) =>
  and(eq(accessLog.athleteId, input.athleteId), eq(accessLog.teamId, input.teamId));

/** Who looked at an athlete's data, the latest first. */
export async function listLooks(db: Db, input: AthleteKey & { limit: number; offset: number }) {
  return db
    .select({
      id: accessLog.id,
      actorKind: accessLog.actorKind,
      name: users.name,
      email: users.email,
      what: accessLog.what,
      lookedAt: accessLog.lookedAt,
    })
    .from(accessLog)
    .leftJoin(users, eq(users.id, accessLog.actorUserId))
    .where(ofAthlete(input))
    .orderBy(desc(accessLog.lookedAt), desc(accessLog.id))
    .limit(input.limit)
    .offset(input.offset);
}

/** How many looks are on record. */
export async function countLooks(db: Db, input: AthleteKey): Promise<number> {
  const [row] = await db.select({ looks: count() }).from(accessLog).where(ofAthlete(input));
  return row?.looks ?? 0;
}

/** Writes into the athlete's own log what the athlete did: took a copy, opened the page, changed the address. */
export async function insertOwnLook(
  db: Db,
  input: AthleteKey & { what: LookKind; now: Date },
): Promise<void> {
  const { now, ...look } = input;
  await db.insert(accessLog).values({ ...look, actorKind: "athlete", lookedAt: now });
}

const own = (input: AthleteKey) => and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId));

/** Gives an athlete another address: what was proposed is settled, and earlier sessions of the own page have ended. */
export async function saveAddress(
  db: Db,
  input: AthleteKey & { email: string | null; now: Date },
): Promise<void> {
  const proposal = { proposedEmail: null, proposedEmailBy: null, proposedEmailAt: null };
  await db
    .update(athletes)
    .set({ email: input.email, sessionsFrom: input.now, ...proposal })
    .where(own(input));
}

/** Notes another address that a coach proposes; null takes the proposal away. */
export async function saveProposedAddress(
  db: Db,
  input: AthleteKey & { proposal: { email: string; by: string; at: Date } | null },
): Promise<void> {
  const { proposal } = input;
  await db
    .update(athletes)
    .set({
      proposedEmail: proposal?.email ?? null,
      proposedEmailBy: proposal?.by ?? null,
      proposedEmailAt: proposal?.at ?? null,
    })
    .where(own(input));
}

/** Which address is proposed to an athlete, and by whom. */
export async function findProposedAddress(db: Db, input: AthleteKey) {
  const [row] = await db
    .select({ email: athletes.proposedEmail, name: users.name, coachEmail: users.email })
    .from(athletes)
    .leftJoin(users, eq(users.id, athletes.proposedEmailBy))
    .where(own(input));
  return row?.email ? { email: row.email, by: row.name ?? row.coachEmail } : null;
}
