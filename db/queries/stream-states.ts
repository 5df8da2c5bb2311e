import { and, eq, gt, inArray, isNotNull, isNull, lt, notInArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { streamStates } from "@/db/schema/connection";
import { isLive } from "./connections";

export type StreamStateRow = typeof streamStates.$inferSelect;

type StreamKey = { athleteId: string; stream: string };

/** Creates the missing rows of an athlete's streams, due at once. */
export async function ensureStreamStates(
  db: Db,
  input: { teamId: string; athleteId: string; streams: readonly string[]; dueAt: Date },
): Promise<void> {
  if (input.streams.length === 0) return;
  const { teamId, athleteId, dueAt } = input;
  await db
    .insert(streamStates)
    .values(input.streams.map((stream) => ({ teamId, athleteId, stream, nextDueAt: dueAt })))
    .onConflictDoNothing();
}

export async function listStreamStates(db: Db, athleteId: string): Promise<StreamStateRow[]> {
  return db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
}

/**
 * Makes streams due. The time always moves, so that a sync under way sees that it was asked again.
 * @param input.newsAt when Polar had news, if it told so
 */
export async function markStreamsDue(
  db: Db,
  input: { athleteId: string; streams: readonly string[]; dueAt: Date; newsAt?: Date },
): Promise<void> {
  if (input.streams.length === 0) return;
  const news = input.newsAt?.toISOString() ?? null;
  await db
    .update(streamStates)
    .set({
      nextDueAt: input.dueAt,
      newsAt: sql`greatest(${streamStates.newsAt}, ${news}::timestamptz)`,
    })
    .where(
      and(eq(streamStates.athleteId, input.athleteId), inArray(streamStates.stream, [...input.streams])),
    );
}

/** Makes streams in order due that were not asked for since a moment, of every athlete. */
export async function markUnaskedDue(
  db: Db,
  input: { streams: readonly string[]; unaskedSince: Date; dueAt: Date },
): Promise<void> {
  await db
    .update(streamStates)
    .set({ nextDueAt: input.dueAt })
    .where(
      and(
        inArray(streamStates.stream, [...input.streams]),
        lt(streamStates.lastAttemptAt, input.unaskedSince),
        gt(streamStates.nextDueAt, input.dueAt),
        isNull(streamStates.errorCode),
        isNull(streamStates.retiredAt),
      ),
    );
}

/** Streams that the athlete does not share any more are never due. */
export async function restOtherStreams(
  db: Db,
  input: { athleteId: string; shared: readonly string[] },
): Promise<void> {
  const { athleteId, shared } = input;
  const others = shared.length > 0 ? notInArray(streamStates.stream, [...shared]) : undefined;
  await db
    .update(streamStates)
    .set({ nextDueAt: null })
    .where(and(eq(streamStates.athleteId, athleteId), isNotNull(streamStates.nextDueAt), others));
}

type OfSquad = { teamId: string; squadId: string; streams: readonly string[] };

const ofSquad = ({ teamId, squadId, streams }: OfSquad) =>
  and(
    eq(streamStates.teamId, teamId),
    inArray(streamStates.stream, [...streams]),
    sql`${streamStates.athleteId} in (select id from athletes where squad_id = ${squadId} and team_id = ${teamId})`,
  );

/** Streams that a squad does not ask for any more are never due, and whatever trouble they had is nobody's. */
export async function restSquadStreams(db: Db, input: OfSquad): Promise<void> {
  if (input.streams.length === 0) return;
  await db
    .update(streamStates)
    .set({ nextDueAt: null, failures: 0, errorCode: null, errorMessage: null })
    .where(ofSquad(input));
}

/** Streams that a squad asks for again are due with whoever has them; a sync leaves those alone that the athlete does not share. */
export async function markSquadStreamsDue(db: Db, input: OfSquad & { dueAt: Date }): Promise<void> {
  if (input.streams.length === 0) return;
  await db.update(streamStates).set({ nextDueAt: input.dueAt }).where(ofSquad(input));
}

/** Lets streams wait until the time given, as when Polar's quota is used up. */
export async function postponeStreams(
  db: Db,
  input: { athleteId: string; streams: readonly string[]; until: Date; errorCode: string },
): Promise<void> {
  if (input.streams.length === 0) return;
  await db
    .update(streamStates)
    .set({ nextDueAt: input.until, errorCode: input.errorCode, errorMessage: null })
    .where(
      and(eq(streamStates.athleteId, input.athleteId), inArray(streamStates.stream, [...input.streams])),
    );
}

/** Adds to what was found and read of a stream: what turns out not to be shared was not found. */
export async function addProgress(db: Db, input: StreamKey & { found: number; read: number }): Promise<void> {
  if (input.found === 0 && input.read === 0) return;
  await db
    .update(streamStates)
    .set({
      foundCount: sql`${streamStates.foundCount} + ${input.found}`,
      readCount: sql`${streamStates.readCount} + ${input.read}`,
    })
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.stream, input.stream)));
}

/** Adds to what was left alone because it is from before the first day shared. */
export async function addLeft(db: Db, input: StreamKey & { left: number }): Promise<void> {
  if (input.left === 0) return;
  await db
    .update(streamStates)
    .set({ leftCount: sql`${streamStates.leftCount} + ${input.left}` })
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.stream, input.stream)));
}

/** Notes how much of a list that comes again and again was left alone; what was counted once stays counted. */
export async function noteLeft(db: Db, input: StreamKey & { atLeast: number }): Promise<void> {
  if (input.atLeast === 0) return;
  await db
    .update(streamStates)
    .set({ leftCount: sql`greatest(${streamStates.leftCount}, ${input.atLeast})` })
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.stream, input.stream)));
}

/** The next turn; a stream that became due again meanwhile (`seenDueAt` changed) stays due. */
function unlessAskedAgain(input: { seenDueAt: Date | null; nextDueAt: Date | null }) {
  const seen = input.seenDueAt?.toISOString() ?? null;
  const next = input.nextDueAt?.toISOString() ?? null;
  return sql`case when ${streamStates.nextDueAt} is not distinct from ${seen}::timestamptz
    then ${next}::timestamptz else ${streamStates.nextDueAt} end`;
}

/** Settles a stream after success; if it became due again meanwhile (`seenDueAt` changed), it stays due. */
export async function settleStream(
  db: Db,
  input: StreamKey & {
    at: Date;
    cursorDate: string | null;
    seenDueAt: Date | null;
    nextDueAt: Date | null;
    retiredAt: Date | null;
  },
): Promise<void> {
  await db
    .update(streamStates)
    .set({
      lastAttemptAt: input.at,
      lastSuccessAt: input.at,
      backfilledAt: sql`coalesce(${streamStates.backfilledAt}, ${input.at.toISOString()}::timestamptz)`,
      cursorDate: sql`coalesce(${input.cursorDate}::date, ${streamStates.cursorDate})`,
      nextDueAt: unlessAskedAgain(input),
      retiredAt: input.retiredAt,
      failures: 0,
      errorCode: null,
      errorMessage: null,
    })
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.stream, input.stream)));
}

/** Notes that a stream was asked without an answer that settles it, and when to ask again; whatever trouble it had stays. */
export async function askStreamAgain(
  db: Db,
  input: StreamKey & { at: Date; seenDueAt: Date | null; nextDueAt: Date },
): Promise<void> {
  await db
    .update(streamStates)
    .set({ lastAttemptAt: input.at, nextDueAt: unlessAskedAgain(input) })
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.stream, input.stream)));
}

/** Keeps how often in a row Polar opened no transaction although there was news. */
export async function countWithheldNews(db: Db, input: StreamKey & { times: number }): Promise<void> {
  await db
    .update(streamStates)
    .set({ newsWithheld: input.times })
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.stream, input.stream)));
}

/** Notes a stream's failure and when to try again. */
export async function failStream(
  db: Db,
  input: StreamKey & { at: Date; errorCode: string; errorMessage: string; nextDueAt: Date },
): Promise<void> {
  await db
    .update(streamStates)
    .set({
      lastAttemptAt: input.at,
      failures: sql`${streamStates.failures} + 1`,
      errorCode: input.errorCode,
      errorMessage: input.errorMessage,
      nextDueAt: input.nextDueAt,
    })
    .where(and(eq(streamStates.athleteId, input.athleteId), eq(streamStates.stream, input.stream)));
}

/** Sessions of the plain collection that no transaction brought. */
const sessionsBeyond = ({ athleteId }: StreamKey, since: string) => sql`
  select from workouts w
  join raw_payloads p on p.athlete_id = w.athlete_id and p.resource = 'exercise'
    and p.provider_key = w.polar_hash_id and p.revision = 1
  where w.athlete_id = ${athleteId} and w.polar_transaction_item_id is null
    and p.fetched_at > ${since}::timestamptz`;

/** Days after the connection that the plain collection has and no transaction's summary names. */
const daysBeyond = ({ athleteId }: StreamKey, since: string) => sql`
  select from raw_payloads p
  join connections c on c.athlete_id = p.athlete_id and ${isLive("c")}
  where p.athlete_id = ${athleteId} and p.resource = 'activity-day' and p.revision = 1
    and p.fetched_at > ${since}::timestamptz and p.provider_key > to_char(c.connected_at + interval '1 day', 'YYYY-MM-DD')
    and not exists (
      select from raw_payloads s
      where s.athlete_id = p.athlete_id and s.stream = 'activities' and s.resource = 'transaction-activity'
        and s.fetched_at > p.fetched_at - interval '40 days' and position('"' || p.provider_key || '"' in s.body) > 0)`;

const BEYOND: Record<string, typeof sessionsBeyond> = {
  exercises: sessionsBeyond,
  activities: daysBeyond,
};

const newsBeyond = z.object({ has: z.boolean() });

/** Whether the plain collection showed something for the first time after `since` that no transaction brought. */
export async function hasNewsBeyond(db: Db, input: StreamKey & { since: Date }): Promise<boolean> {
  const beyond = BEYOND[input.stream]?.(input, input.since.toISOString());
  if (!beyond) return false;
  const [row] = await rowsOf(db, "hasNewsBeyond", newsBeyond)`select exists (${beyond}) as has`;
  return row?.has ?? false;
}
