import { type SQL, sql } from "drizzle-orm";
import type { LoadKind } from "@/lib/readiness/load/kind";
import type { Delivery, TransactionState } from "@/lib/wearables/connection";
import type { Db } from "../../client";

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
    from sleeps
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and date >= ${input.from}::date
      and device_id is not null
    group by device_id order by max(date) desc`);
  return [...rows];
}
