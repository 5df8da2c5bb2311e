import { and, count, desc, eq, isNull, max, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { streamStates } from "@/db/schema/connection";
import { awakeSpans, jobBeats, jobFailures } from "@/db/schema/operation";
import { wordList } from "@/db/words";
import type { Engine } from "@/lib/events";
import { DELIVERIES, UNFINISHED_STATES } from "@/lib/wearables/connection";

const streamTrouble = z.object({
  athleteId: z.string(),
  athleteName: z.string(),
  squadName: z.string(),
  stream: z.string(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  failures: z.int(),
  nextDueAtMs: z.number().nullable(),
  transactionId: z.string().nullable(),
  transactionState: z.enum(UNFINISHED_STATES).nullable(),
  delivery: z.enum(DELIVERIES).nullable(),
  openSinceMs: z.number().nullable(),
  storedSinceMs: z.number().nullable(),
  attempts: z.int().nullable(),
  /** Items that Polar lists and that have not loaded. */
  stuckItems: z.int(),
});

export type StreamTrouble = z.output<typeof streamTrouble>;

/** Streams that failed or hold a transaction open, the longest first; those that wait for Polar's quota are counted elsewhere. */
export async function listStreamTroubles(db: Db, input: { teamId: string }): Promise<StreamTrouble[]> {
  return rowsOf(db, "listStreamTroubles", streamTrouble)`
    select a.id as "athleteId", a.name as "athleteName", s.name as "squadName", t.stream,
      t.error_code as "errorCode", t.error_message as "errorMessage", t.failures,
      (extract(epoch from t.next_due_at) * 1000)::float8 as "nextDueAtMs",
      o.id as "transactionId", o.state as "transactionState", o.delivery, o.attempts,
      (extract(epoch from o.opened_at) * 1000)::float8 as "openSinceMs",
      (extract(epoch from o.stored_at) * 1000)::float8 as "storedSinceMs",
      coalesce(i.stuck, 0) as "stuckItems"
    from stream_states t
    join athletes a on a.id = t.athlete_id
    join squads s on s.id = a.squad_id
    join connections c on c.athlete_id = a.id and c.status = 'active'
    left join transactions o on o.athlete_id = t.athlete_id and o.stream = t.stream and o.state in ${wordList(UNFINISHED_STATES)}
    left join lateral (
      select count(*)::int as stuck from transaction_items x
      where x.transaction_id = o.id and x.state = 'offered' and x.attempts > 0
    ) i on true
    where t.team_id = ${input.teamId} and a.stopped_at is null and t.retired_at is null
      and (o.id is not null or t.error_code is not null) and t.error_code is distinct from 'polar-busy'
    order by t.failures desc, o.opened_at, a.name, t.stream limit 200`;
}

/** How many streams of a team wait for Polar's quota, and until when. */
export async function countQuotaWaits(
  db: Db,
  input: { teamId: string },
): Promise<{ streams: number; untilMs: number | null }> {
  const [row] = await db
    .select({ streams: count(), until: max(streamStates.nextDueAt) })
    .from(streamStates)
    .where(and(eq(streamStates.teamId, input.teamId), eq(streamStates.errorCode, "polar-busy")));
  return { streams: row?.streams ?? 0, untilMs: row?.until?.getTime() ?? null };
}

const engineTables = z.object({ present: z.boolean() });

const runCount = z.object({
  functionId: z.string(),
  running: z.int(),
  waiting: z.int(),
  /** Waits for its next try or for a moment it chose. */
  sleeping: z.int(),
  finishedToday: z.int(),
  failedWeek: z.int(),
  lastEndedAtMs: z.number().nullable(),
  oldestWaitingAtMs: z.number().nullable(),
});

export type RunCount = z.output<typeof runCount>;

/** Runs of the embedded engine by function, over all teams; null where an Inngest server runs the jobs. */
export async function countRuns(db: Db, input: { now: Date }): Promise<RunCount[] | null> {
  const [engine] = await rowsOf(db, "countRuns", engineTables)`
    select to_regclass('engine.runs') is not null as present`;
  if (!engine?.present) return null;
  const now = sql`${input.now.toISOString()}::timestamptz`;
  return rowsOf(db, "countRuns", runCount)`
    select regexp_replace(function_id, '^restday-', '') as "functionId",
      (count(*) filter (where state = 'active'))::int as running,
      (count(*) filter (where state = 'queued'))::int as waiting,
      (count(*) filter (where state = 'sleeping'))::int as sleeping,
      (count(*) filter (where state = 'finished' and ended_at > ${now} - interval '24 hours'))::int as "finishedToday",
      (count(*) filter (where state = 'failed' and ended_at > ${now} - interval '7 days'))::int as "failedWeek",
      (extract(epoch from max(ended_at)) * 1000)::float8 as "lastEndedAtMs",
      (extract(epoch from min(created_at) filter (where state in ('queued', 'active'))) * 1000)::float8
        as "oldestWaitingAtMs"
    from engine.runs where function_id not like '%-failure'
    group by function_id order by function_id`;
}

/** `until` is the last sign of life so far. */
type AwakeSpan = { id: number; from: Date; until: Date };

const columns = { id: awakeSpans.id, from: awakeSpans.awakeFrom, until: awakeSpans.awakeUntil };

/** The latest spans in which jobs ran, newest first. */
export async function listAwakeSpans(db: Db, input: { limit: number }): Promise<AwakeSpan[]> {
  return db.select(columns).from(awakeSpans).orderBy(desc(awakeSpans.id)).limit(input.limit);
}

/** Prolongs a span up to a sign of life. */
export async function prolongAwakeSpan(db: Db, input: { id: number; until: Date }): Promise<void> {
  await db.update(awakeSpans).set({ awakeUntil: input.until }).where(eq(awakeSpans.id, input.id));
}

/** Begins a span. */
export async function insertAwakeSpan(db: Db, input: { at: Date }): Promise<AwakeSpan> {
  const [row] = await db
    .insert(awakeSpans)
    .values({ awakeFrom: input.at, awakeUntil: input.at })
    .returning(columns);
  return row!;
}

export type JobFailure = typeof jobFailures.$inferSelect;

/** Whose failures: those whose subject is of the team, and with `whole` those of the installation, which have none. */
type FailureScope = { teamId: string; reach: "team" | "whole" };

function within({ teamId, reach }: FailureScope): SQL {
  const subject = sql`${jobFailures.subjectId}`;
  const oneOf = (table: string) =>
    sql`exists (select 1 from ${sql.identifier(table)} x where x.id::text = ${subject} and x.team_id = ${teamId})`;
  const own = sql`${oneOf("athletes")} or ${oneOf("squads")} or ${oneOf("mails")}`;
  return reach === "whole" ? sql`(${subject} is null or ${own})` : sql`(${own})`;
}

/** Jobs that gave up and that nobody has dealt with, the latest first. */
export async function listOpenFailures(
  db: Db,
  input: FailureScope & { limit: number },
): Promise<JobFailure[]> {
  return db
    .select()
    .from(jobFailures)
    .where(and(isNull(jobFailures.resolvedAt), within(input)))
    .orderBy(desc(jobFailures.failedAt))
    .limit(input.limit);
}

/** One of a team's failures that nobody has dealt with. */
export async function findOpenFailure(
  db: Db,
  input: FailureScope & { id: string },
): Promise<JobFailure | undefined> {
  const [row] = await db
    .select()
    .from(jobFailures)
    .where(and(eq(jobFailures.id, input.id), isNull(jobFailures.resolvedAt), within(input)));
  return row;
}

export async function resolveFailure(db: Db, input: { id: string; resolvedAt: Date }): Promise<void> {
  await db
    .update(jobFailures)
    .set({ resolvedAt: input.resolvedAt })
    .where(and(eq(jobFailures.id, input.id), isNull(jobFailures.resolvedAt)));
}

/** Keeps a job that gave up for the operator. One that gave up before for the same subject, and is still on the list, is brought up to date. */
export async function insertJobFailure(db: Db, failure: typeof jobFailures.$inferInsert): Promise<void> {
  const { functionId, subjectId, error, failedAt } = failure;
  const again = await db
    .update(jobFailures)
    .set({ error, failedAt })
    .where(
      and(
        eq(jobFailures.functionId, functionId),
        sql`${jobFailures.subjectId} is not distinct from ${subjectId ?? null}`,
        isNull(jobFailures.resolvedAt),
      ),
    )
    .returning({ id: jobFailures.id });
  if (again.length === 0) await db.insert(jobFailures).values(failure);
}

const jobsSeen = z.object({
  lastWorkAtMs: z.number().nullable(),
  /** Seconds since the last work, by the database's own clock. */
  lastWorkS: z.number().nullable(),
  /** Seconds that the oldest event has waited to be handed over, and the oldest run for its turn. */
  oldestEventS: z.number().nullable(),
  oldestRunS: z.number().nullable(),
});

export type JobsSeen = z.output<typeof jobsSeen>;

/** Notes that a job ran just now. */
export async function recordBeat(db: Db, engine: Engine): Promise<void> {
  await db
    .insert(jobBeats)
    .values({ engine, beatAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({ target: jobBeats.engine, set: { beatAt: sql`clock_timestamp()` } });
}

/** When jobs last ran, and what waits for them. An Inngest server keeps its own runs: of those only the events are known. */
export async function readJobs(db: Db, engine: Engine): Promise<JobsSeen> {
  const ended = sql`(select max(ended_at) from engine.runs where ended_at is not null)`;
  const queued = sql`(select min(created_at) from engine.runs where state = 'queued')`;
  const none = sql`null::timestamptz`;
  const seconds = (at: ReturnType<typeof sql>) => sql`extract(epoch from clock_timestamp() - ${at})::float8`;
  const [row] = await rowsOf(db, "readJobs", jobsSeen)`
    select (extract(epoch from last_work) * 1000)::float8 as "lastWorkAtMs",
      ${seconds(sql`last_work`)} as "lastWorkS",
      ${seconds(sql`(select min(recorded_at) from outbox where relayed_at is null)`)} as "oldestEventS",
      ${seconds(engine === "embedded" ? queued : none)} as "oldestRunS"
    from (select greatest((select beat_at from job_beats where engine = ${engine}),
      ${engine === "embedded" ? ended : none}) as last_work) seen`;
  return row!;
}

/** Resolves when the database answers. */
export async function ping(db: Db): Promise<void> {
  await db.execute(sql`select 1`);
}
