import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { LoadKind } from "@/lib/readiness/load/kind";
import type { MissingInput } from "@/lib/readiness/load/session-loads";
import type { Delivery, TransactionState } from "@/lib/wearables/connection";
import type { Hypnogram, MinuteSeries, NightPolar } from "@/lib/wearables/types";

export type NightEntry = {
  startAtMs: number | null;
  endAtMs: number | null;
  utcOffsetMinutes: number | null;
  asleepS: number | null;
  deepS: number | null;
  lightS: number | null;
  remS: number | null;
  interruptedS: number | null;
  efficiency: number | null;
  hypnogram: Hypnogram | null;
  polar: NightPolar | null;
  rmssdMs: number | null;
  heartRateBpm: number | null;
  breathingPerMin: number | null;
  ansCharge: number | null;
  ansChargeStatus: number | null;
  rechargeStatus: number | null;
  /** RMSSD in ms of each five minutes. */
  rmssdSeries: MinuteSeries | null;
};

export type DayEntry = {
  steps: number | null;
  activeCaloriesKcal: number | null;
  activeS: number | null;
  goalPercent: number | null;
  zoneS: number[] | null;
  sleepQuality: number | null;
  fatigue: number | null;
  soreness: number | null;
  lifeStress: number | null;
  checkInTags: string[] | null;
};

export type NapEntry = {
  startAtMs: number;
  endAtMs: number;
  utcOffsetMinutes: number;
  asleepS: number | null;
};

type On = { teamId: string; athleteId: string; date: string };

/** What Polar told of the night that ended on a day; undefined when it told nothing. */
export async function findNight(db: Db, { teamId, athleteId, date }: On): Promise<NightEntry | undefined> {
  const [row] = await db.execute<NightEntry>(sql`
    select (extract(epoch from s.start_at) * 1000)::float8 as "startAtMs",
      (extract(epoch from s.end_at) * 1000)::float8 as "endAtMs", s.utc_offset_minutes as "utcOffsetMinutes",
      s.asleep_s as "asleepS", s.deep_s as "deepS", s.light_s as "lightS", s.rem_s as "remS",
      s.interrupted_s as "interruptedS", s.efficiency, s.hypnogram, s.polar,
      n.rmssd_ms as "rmssdMs", n.heart_rate_bpm as "heartRateBpm", n.breathing_per_min as "breathingPerMin",
      n.ans_charge as "ansCharge", n.ans_charge_status as "ansChargeStatus",
      n.recharge_status as "rechargeStatus", n.rmssd_series as "rmssdSeries"
    from (select * from scored_sleeps
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) s
    full join (select * from scored_nights
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) n
      on n.athlete_id = s.athlete_id`);
  return row;
}

/** Sleeps of a day that were not its night, of the source that counts on it, the earliest first. */
export async function listNaps(db: Db, { teamId, athleteId, date }: On): Promise<NapEntry[]> {
  const rows = await db.execute<NapEntry>(sql`
    select (extract(epoch from start_at) * 1000)::float8 as "startAtMs",
      (extract(epoch from end_at) * 1000)::float8 as "endAtMs", utc_offset_minutes as "utcOffsetMinutes",
      asleep_s as "asleepS"
    from naps where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date
      and source_id = coalesce(
        (select source_id from scored_sleeps where athlete_id = ${athleteId} and date = ${date}::date),
        (select min(source_id) from naps where athlete_id = ${athleteId} and date = ${date}::date))
    order by start_at`);
  return [...rows];
}

/** An athlete's activity and check-in of one day; undefined when there is neither. */
export async function findDay(db: Db, { teamId, athleteId, date }: On): Promise<DayEntry | undefined> {
  const [row] = await db.execute<DayEntry>(sql`
    select a.steps, a.active_calories_kcal as "activeCaloriesKcal", a.active_s as "activeS",
      a.goal_percent as "goalPercent", a.polar -> 'zoneS' as "zoneS",
      c.sleep_quality as "sleepQuality", c.fatigue, c.soreness, c.life_stress as "lifeStress",
      c.tags as "checkInTags"
    from (select * from daily_activities
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) a
    full join (select * from check_ins
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) c
      on c.athlete_id = a.athlete_id`);
  return row;
}

export type StoredLoads = {
  /** The kind the days are scored on, and every day's load in the order of the calendar; null before anything was scored. */
  kind: LoadKind | null;
  loads: (number | null)[] | null;
  /** What sessions of the last 28 days lack, and how many lack it. */
  missing: { input: MissingInput; sessions: number }[];
  /** What Polar itself makes of its cardio load, on the latest day it told. */
  polar: {
    date: string;
    strain: number | null;
    tolerance: number | null;
    ratio: number | null;
    status: string | null;
  } | null;
};

/** An athlete's loads up to the evening before a day, in one round trip. */
export async function findStoredLoads(
  db: Db,
  input: { teamId: string; athleteId: string; day: string },
): Promise<StoredLoads> {
  const own = sql`team_id = ${input.teamId} and athlete_id = ${input.athleteId}`;
  const day = sql`${input.day}::date`;
  const rows = await db.execute<StoredLoads>(sql`
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
    ) p on true`);
  return rows[0]!;
}

export type SyncEntry = {
  id: string;
  stream: string;
  delivery: Delivery;
  state: TransactionState;
  offeredCount: number;
  /** Payloads that something could be read of. */
  storedCount: number;
  /** Payloads of which nothing could be read. */
  quarantinedCount: number;
  attempts: number;
  openedAtMs: number;
  committedAtMs: number | null;
};

export type StreamEntry = {
  stream: string;
  lastSuccessAtMs: number | null;
  nextDueAtMs: number | null;
  failures: number;
  errorCode: string | null;
  errorMessage: string | null;
};

export type NoteEntry = { id: string; date: string; text: string; by: string | null; fromAthlete: boolean };

export type WorkoutEntry = {
  id: string;
  date: string;
  sport: string;
  durationMs: number;
  heartRateAvgBpm: number | null;
  distanceM: number | null;
  /** Of the squad's kind; null where the session lacks what it needs. */
  load: number | null;
};

type Of = { teamId: string; athleteId: string };

/** The athlete's latest transactions and windows, newest first. */
export async function listSyncEntries(db: Db, { teamId, athleteId }: Of): Promise<SyncEntry[]> {
  const rows = await db.execute<SyncEntry>(sql`
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
    order by opened_at desc`);
  return [...rows];
}

/** The state of each of the athlete's streams. */
export async function listStreamEntries(db: Db, { teamId, athleteId }: Of): Promise<StreamEntry[]> {
  const rows = await db.execute<StreamEntry>(sql`
    select stream, (extract(epoch from last_success_at) * 1000)::float8 as "lastSuccessAtMs",
      (extract(epoch from next_due_at) * 1000)::float8 as "nextDueAtMs", failures,
      error_code as "errorCode", error_message as "errorMessage"
    from stream_states where team_id = ${teamId} and athlete_id = ${athleteId} order by stream`);
  return [...rows];
}

/** Notes of coaches and of the athlete's own check-ins since a date, newest first. */
export async function listNotes(db: Db, input: Of & { from: string }): Promise<NoteEntry[]> {
  const rows = await db.execute<NoteEntry>(sql`
    select n.id::text, n.date::text as date, n.text, coalesce(u.name, u.email) as by, false as "fromAthlete"
    from notes n left join users u on u.id = n.user_id
    where n.team_id = ${input.teamId} and n.athlete_id = ${input.athleteId} and n.date >= ${input.from}::date
    union all
    select 'check-in/' || c.date, c.date::text, c.note, null, true
    from check_ins c
    where c.team_id = ${input.teamId} and c.athlete_id = ${input.athleteId} and c.date >= ${input.from}::date
      and c.note <> ''
    order by date desc limit 20`);
  return [...rows];
}

const SESSION_LOAD = {
  "cardio-load": sql`w.cardio_load`,
  banister: sql`l.banister`,
  edwards: sql`l.edwards`,
  "session-rpe": sql`l.session_rpe`,
} satisfies Record<LoadKind, SQL>;

/** The latest workouts with their load of a kind, newest first. */
export async function listRecentWorkouts(
  db: Db,
  { teamId, athleteId, loadKind }: Of & { loadKind: LoadKind },
): Promise<WorkoutEntry[]> {
  const rows = await db.execute<WorkoutEntry>(sql`
    select w.id, w.date::text as date, w.sport, w.duration_ms::float8 as "durationMs",
      w.heart_rate_avg_bpm as "heartRateAvgBpm", w.distance_m as "distanceM", ${SESSION_LOAD[loadKind]} as load
    from workouts w left join workout_loads l on l.workout_id = w.id
    where w.team_id = ${teamId} and w.athlete_id = ${athleteId}
    order by w.start_at desc limit 12`);
  return [...rows];
}

/** Which devices recorded the nights of a span. */
export async function listDevices(
  db: Db,
  input: Of & { from: string },
): Promise<{ deviceId: string; since: string; nights: number }[]> {
  const rows = await db.execute<{ deviceId: string; since: string; nights: number }>(sql`
    select device_id as "deviceId", min(date)::text as since, count(*)::int as nights
    from scored_sleeps
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and date >= ${input.from}::date
      and device_id is not null
    group by device_id order by max(date) desc`);
  return [...rows];
}
