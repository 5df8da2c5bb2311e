import { sql } from "drizzle-orm";
import type { Db } from "../../client";

export type RrRecording = {
  workoutId: string;
  date: string;
  /** Of the intervals and the version of their reduction. */
  rrHash: string;
  /** Null when the stored reading of that day was reduced from just these. */
  rrMs: (number | null)[] | null;
};

type RecordingInput = {
  teamId: string;
  athleteId: string;
  sports: readonly string[];
  shortestS: number;
  longestS: number;
  /** Local wall-clock time before which a recording has to begin, `HH:MM`. */
  before: string;
  reductionVersion: string;
};

/** The first short RR recording of each morning, by sport and duration; intervals only of those that are new or changed. */
export async function listRecordings(db: Db, input: RecordingInput): Promise<RrRecording[]> {
  const rows = await db.execute<RrRecording>(sql`
    select distinct on (w.date) w.id as "workoutId", w.date::text as date, h.hash as "rrHash",
      case when r.workout_id = w.id and r.rr_hash = h.hash then null else s.values end as "rrMs"
    from workouts w
    join workout_samples s on s.workout_id = w.id and s.kind = 'rr'
    cross join lateral (select md5(${input.reductionVersion}::text || s.values::text) as hash) h
    left join morning_readings r on r.athlete_id = w.athlete_id and r.date = w.date and r.origin = 'rr-session'
    where w.team_id = ${input.teamId} and w.athlete_id = ${input.athleteId}
      and w.sport in (select json_array_elements_text(${JSON.stringify(input.sports)}::json))
      and w.duration_ms between ${input.shortestS * 1000}::bigint and ${input.longestS * 1000}::bigint
      and to_char((w.start_at at time zone 'UTC') + w.utc_offset_minutes * interval '1 minute', 'HH24:MI') < ${input.before}
    order by w.date, w.start_at`);
  return [...rows];
}

/** Athletes of a squad who share, for reading their recordings again under a new rule. */
export async function listSharingAthletes(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from athletes
    where team_id = ${input.teamId} and squad_id = ${input.squadId} and stopped_at is null`);
  return rows.map(({ id }) => id);
}

/** Takes away readings from sessions that are no morning recordings under the rule any more. @returns how many */
export async function deleteOtherSessionReadings(
  db: Db,
  input: { teamId: string; athleteId: string; keptDates: readonly string[] },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from morning_readings
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and origin = 'rr-session'
      and date not in (select value::date from json_array_elements_text(${JSON.stringify(input.keptDates)}::json))
    returning date`);
  return rows.length;
}

/** Uploaded RR files that another version of the reduction has read, as they were uploaded. */
export async function listOutdatedFiles(
  db: Db,
  input: { teamId: string; athleteId: string; reductionVersion: string },
): Promise<{ date: string; body: string }[]> {
  const rows = await db.execute<{ date: string; body: string }>(sql`
    select date::text as date, body from morning_readings
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and origin = 'rr-file'
      and body is not null and rr_hash is distinct from ${input.reductionVersion}`);
  return [...rows];
}

/** Says that this version has seen a file it could not read anew: its reading stays as it was. */
export async function keepOutdatedFile(
  db: Db,
  input: { teamId: string; athleteId: string; date: string; reductionVersion: string },
): Promise<void> {
  await db.execute(sql`
    update morning_readings set rr_hash = ${input.reductionVersion}
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and origin = 'rr-file'
      and date = ${input.date}::date`);
}
