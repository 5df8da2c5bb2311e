import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, documentOf, numbersOrNull, rowsOf } from "@/db/rows";
import { streamStates } from "@/db/schema/connection";
import { naps, nights, sleeps, workoutLoads, workouts } from "@/db/schema/wearable";
import { LOAD_KINDS, type LoadKind } from "@/lib/readiness/load/kind";
import { MISSING_INPUTS } from "@/lib/readiness/load/session-loads";
import { DELIVERIES, TRANSACTION_STATES } from "@/lib/wearables/connection";

const nightEntry = z.object({
  startAtMs: z.number().nullable(),
  endAtMs: z.number().nullable(),
  utcOffsetMinutes: z.int().nullable(),
  asleepS: z.int().nullable(),
  deepS: z.int().nullable(),
  lightS: z.int().nullable(),
  remS: z.int().nullable(),
  interruptedS: z.int().nullable(),
  efficiency: z.number().nullable(),
  hypnogram: documentOf(sleeps.hypnogram).nullable(),
  polar: documentOf(sleeps.polar).nullable(),
  rmssdMs: z.number().nullable(),
  heartRateBpm: z.number().nullable(),
  breathingPerMin: z.number().nullable(),
  ansCharge: z.number().nullable(),
  ansChargeStatus: z.int().nullable(),
  rechargeStatus: z.int().nullable(),
  /** RMSSD in ms of each five minutes. */
  rmssdSeries: documentOf(nights.rmssdSeries).nullable(),
});

export type NightEntry = z.output<typeof nightEntry>;

const dayEntry = z.object({
  steps: z.int().nullable(),
  activeCaloriesKcal: z.int().nullable(),
  activeS: z.int().nullable(),
  goalPercent: z.number().nullable(),
  zoneS: z.array(z.number()).nullable(),
  sleepQuality: z.int().nullable(),
  fatigue: z.int().nullable(),
  soreness: z.int().nullable(),
  lifeStress: z.int().nullable(),
  checkInTags: z.array(z.string()).nullable(),
});

export type DayEntry = z.output<typeof dayEntry>;

export type NapEntry = Awaited<ReturnType<typeof listNaps>>[number];

type On = { teamId: string; athleteId: string; date: string };

/** What Polar told of the night that ended on a day; undefined when it told nothing. */
export async function findNight(db: Db, { teamId, athleteId, date }: On): Promise<NightEntry | undefined> {
  const [row] = await rowsOf(db, "findNight", nightEntry)`
    select (extract(epoch from s.start_at) * 1000)::float8 as "startAtMs",
      (extract(epoch from s.end_at) * 1000)::float8 as "endAtMs", s.utc_offset_minutes as "utcOffsetMinutes",
      s.asleep_s as "asleepS", s.deep_s as "deepS", s.light_s as "lightS", s.rem_s as "remS",
      s.interrupted_s as "interruptedS", s.efficiency, s.hypnogram, s.polar,
      n.rmssd_ms as "rmssdMs", n.heart_rate_bpm as "heartRateBpm", n.breathing_per_min as "breathingPerMin",
      n.ans_charge as "ansCharge", n.ans_charge_status as "ansChargeStatus",
      n.recharge_status as "rechargeStatus", n.rmssd_series as "rmssdSeries"
    from (select * from sleeps
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) s
    full join (select * from nights
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) n
      on n.athlete_id = s.athlete_id`;
  return row;
}

/** Sleeps of a day that were not its night, the earliest first. */
export async function listNaps(db: Db, { teamId, athleteId, date }: On) {
  const rows = await db
    .select({
      startAt: naps.startAt,
      endAt: naps.endAt,
      utcOffsetMinutes: naps.utcOffsetMinutes,
      asleepS: naps.asleepS,
    })
    .from(naps)
    .where(and(eq(naps.teamId, teamId), eq(naps.athleteId, athleteId), eq(naps.date, date)))
    .orderBy(asc(naps.startAt));
  return rows.map(({ startAt, endAt, ...nap }) => ({
    startAtMs: startAt.getTime(),
    endAtMs: endAt.getTime(),
    ...nap,
  }));
}

/** An athlete's activity and check-in of one day; undefined when there is neither. */
export async function findDay(db: Db, { teamId, athleteId, date }: On): Promise<DayEntry | undefined> {
  const [row] = await rowsOf(db, "findDay", dayEntry)`
    select a.steps, a.active_calories_kcal as "activeCaloriesKcal", a.active_s as "activeS",
      a.goal_percent as "goalPercent", a.polar -> 'zoneS' as "zoneS",
      c.sleep_quality as "sleepQuality", c.fatigue, c.soreness, c.life_stress as "lifeStress",
      c.tags as "checkInTags"
    from (select * from daily_activities
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) a
    full join (select * from check_ins
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) c
      on c.athlete_id = a.athlete_id`;
  return row;
}

const storedLoads = z.object({
  /** The kind the days are scored on, and every day's load in the order of the calendar; null before anything was scored. */
  kind: z.enum(LOAD_KINDS).nullable(),
  loads: numbersOrNull.nullable(),
  /** What sessions of the last 28 days lack, and how many lack it. */
  missing: z.array(z.object({ input: z.enum(MISSING_INPUTS), sessions: z.int() })),
  /** What Polar itself makes of its cardio load, on the latest day it told. */
  polar: z
    .object({
      date: civilDate,
      strain: z.number().nullable(),
      tolerance: z.number().nullable(),
      ratio: z.number().nullable(),
      status: z.string().nullable(),
    })
    .nullable(),
});

export type StoredLoads = z.output<typeof storedLoads>;

/** An athlete's loads up to the evening before a day, in one round trip. */
export async function findStoredLoads(
  db: Db,
  input: { teamId: string; athleteId: string; day: string },
): Promise<StoredLoads> {
  const own = sql`team_id = ${input.teamId} and athlete_id = ${input.athleteId}`;
  const day = sql`${input.day}::date`;
  const rows = await rowsOf(db, "findStoredLoads", storedLoads)`
    select d.kind, d.loads, coalesce(m.missing, '[]'::json) as missing, p.polar
    from (
      select max(load_kind) as kind, json_agg(load order by date) as loads
      from readiness_days where ${own} and date < ${day}
    ) d
    left join (
      select json_agg(json_build_object('input', input, 'sessions', sessions)) as missing from (
        select input, count(*)::int as sessions
        from workout_loads l join workouts w on w.id = l.workout_id cross join unnest(l.missing) input
        where l.team_id = ${input.teamId} and l.athlete_id = ${input.athleteId}
          and w.date between ${day} - 28 and ${day} - 1
          and w.id not in (select workout_id from morning_readings where ${own} and workout_id is not null)
        group by input
      ) counted
    ) m on true
    left join (
      select json_build_object('date', date, 'strain', strain, 'tolerance', tolerance,
        'ratio', polar -> 'ratio', 'status', polar -> 'status') as polar
      from daily_loads where ${own} and date < ${day} and tolerance is not null
      order by date desc limit 1
    ) p on true`;
  return rows[0]!;
}

const syncEntry = z.object({
  id: z.string(),
  stream: z.string(),
  delivery: z.enum(DELIVERIES),
  state: z.enum(TRANSACTION_STATES),
  offeredCount: z.int(),
  /** Payloads that something could be read of. */
  storedCount: z.int(),
  /** Payloads of which nothing could be read. */
  quarantinedCount: z.int(),
  attempts: z.int(),
  openedAtMs: z.number(),
  committedAtMs: z.number().nullable(),
});

export type SyncEntry = z.output<typeof syncEntry>;

export type StreamEntry = Awaited<ReturnType<typeof listStreamEntries>>[number];

const noteEntry = z.object({
  id: z.string(),
  date: civilDate,
  text: z.string(),
  by: z.string().nullable(),
  fromAthlete: z.boolean(),
});

export type NoteEntry = z.output<typeof noteEntry>;

export type WorkoutEntry = Awaited<ReturnType<typeof listRecentWorkouts>>[number];

type Of = { teamId: string; athleteId: string };

/** The athlete's latest transactions and windows, newest first. */
export async function listSyncEntries(db: Db, { teamId, athleteId }: Of): Promise<SyncEntry[]> {
  return rowsOf(db, "listSyncEntries", syncEntry)`
    select id, stream, delivery, state, offered_count as "offeredCount",
      greatest(stored_count - aside, 0) as "storedCount", aside as "quarantinedCount", attempts,
      (extract(epoch from opened_at) * 1000)::float8 as "openedAtMs",
      (extract(epoch from committed_at) * 1000)::float8 as "committedAtMs"
    from (
      select * from transactions where team_id = ${teamId} and athlete_id = ${athleteId}
      order by opened_at desc limit 12
    ) t
    cross join lateral (
      select count(*)::int as aside from raw_payloads p
      where p.athlete_id = t.athlete_id and p.stream = t.stream and p.value_count = 0 and p.transaction_id = t.id
    ) unread
    order by opened_at desc`;
}

/** The state of each of the athlete's streams. */
export async function listStreamEntries(db: Db, { teamId, athleteId }: Of) {
  const rows = await db
    .select({
      stream: streamStates.stream,
      lastSuccessAt: streamStates.lastSuccessAt,
      nextDueAt: streamStates.nextDueAt,
      failures: streamStates.failures,
      errorCode: streamStates.errorCode,
      errorMessage: streamStates.errorMessage,
    })
    .from(streamStates)
    .where(and(eq(streamStates.teamId, teamId), eq(streamStates.athleteId, athleteId)))
    .orderBy(asc(streamStates.stream));
  return rows.map(({ lastSuccessAt, nextDueAt, ...entry }) => ({
    lastSuccessAtMs: lastSuccessAt?.getTime() ?? null,
    nextDueAtMs: nextDueAt?.getTime() ?? null,
    ...entry,
  }));
}

/** Notes of coaches and of the athlete's own check-ins since a date, newest first. */
export async function listNotes(db: Db, input: Of & { from: string }): Promise<NoteEntry[]> {
  return rowsOf(db, "listNotes", noteEntry)`
    select n.id::text, n.date::text as date, n.text, coalesce(u.name, u.email) as by, false as "fromAthlete"
    from notes n left join users u on u.id = n.user_id
    where n.team_id = ${input.teamId} and n.athlete_id = ${input.athleteId} and n.date >= ${input.from}::date
    union all
    select 'check-in/' || c.date, c.date::text, c.note, null, true
    from check_ins c
    where c.team_id = ${input.teamId} and c.athlete_id = ${input.athleteId} and c.date >= ${input.from}::date
      and c.note <> ''
    order by date desc limit 20`;
}

const SESSION_LOAD = {
  "cardio-load": workouts.cardioLoad,
  banister: workoutLoads.banister,
  edwards: workoutLoads.edwards,
  "session-rpe": workoutLoads.sessionRpe,
} satisfies Record<LoadKind, PgColumn>;

/** The latest workouts with their load of a kind, newest first. */
export async function listRecentWorkouts(
  db: Db,
  { teamId, athleteId, loadKind }: Of & { loadKind: LoadKind },
) {
  return db
    .select({
      id: workouts.id,
      date: workouts.date,
      sport: workouts.sport,
      durationMs: workouts.durationMs,
      heartRateAvgBpm: workouts.heartRateAvgBpm,
      distanceM: workouts.distanceM,
      /** Null where the session lacks what the kind needs. */
      load: SESSION_LOAD[loadKind],
    })
    .from(workouts)
    .leftJoin(workoutLoads, eq(workoutLoads.workoutId, workouts.id))
    .where(and(eq(workouts.teamId, teamId), eq(workouts.athleteId, athleteId)))
    .orderBy(desc(workouts.startAt))
    .limit(12);
}

const deviceEntry = z.object({ deviceId: z.string(), since: civilDate, nights: z.int() });

/** Which devices recorded the nights of a span. */
export async function listDevices(
  db: Db,
  input: Of & { from: string },
): Promise<z.output<typeof deviceEntry>[]> {
  return rowsOf(db, "listDevices", deviceEntry)`
    select device_id as "deviceId", min(date)::text as since, count(*)::int as nights
    from sleeps
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and date >= ${input.from}::date
      and device_id is not null
    group by device_id order by max(date) desc`;
}
