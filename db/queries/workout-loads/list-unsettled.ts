import { sql } from "drizzle-orm";
import type { Sex } from "@/lib/wearables/types";
import type { Db } from "../../client";

/** A session whose loads are not computed, or were with other body data or another formula, and what goes into them. */
export type UnsettledSession = {
  workoutId: string;
  teamId: string;
  athleteId: string;
  durationS: number;
  userRpe: string | null;
  perceivedLoad: number | null;
  bpm: (number | null)[] | null;
  intervalS: number | null;
  samplesPayloadId: string | null;
  heartRateMaxBpm: number | null;
  heartRateRestBpm: number | null;
  sex: Sex | null;
};

const latest = (column: string) =>
  sql.raw(`(array_agg(${column} order by recorded_at desc) filter (where ${column} is not null))[1]`);

/** A page of athletes' sessions without loads as of today's body data and formula; the newest body data count for all sessions. */
export async function listUnsettledSessions(
  db: Db,
  input: { athleteIds: readonly string[]; formulaVersion: string; limit: number },
): Promise<UnsettledSession[]> {
  if (input.athleteIds.length === 0) return [];
  const athletes = sql`${sql.param(`{${input.athleteIds.join(",")}}`)}::uuid[]`;
  const rows = await db.execute<UnsettledSession>(sql`
    with body as (
      select athlete_id, ${latest("heart_rate_max_bpm")} as max, ${latest("heart_rate_rest_bpm")} as rest,
        ${latest("sex")} as sex
      from physical_infos where athlete_id = any(${athletes}) group by athlete_id
    )
    select w.id as "workoutId", w.team_id as "teamId", w.athlete_id as "athleteId",
      w.duration_ms / 1000.0::float8 as "durationS", w.polar ->> 'userRpe' as "userRpe",
      (w.polar ->> 'perceivedLoad')::float8 as "perceivedLoad", h.values as bpm, h.recording_rate_s as "intervalS",
      h.payload_id as "samplesPayloadId", b.max as "heartRateMaxBpm", b.rest as "heartRateRestBpm", b.sex
    from workouts w
    left join body b on b.athlete_id = w.athlete_id
    left join workout_loads l on l.workout_id = w.id
    left join workout_samples h on h.workout_id = w.id and h.kind = 'heart-rate'
    where w.athlete_id = any(${athletes})
      and (l.workout_id is null
        or (l.formula_version, l.heart_rate_max_bpm, l.heart_rate_rest_bpm, l.sex)
          is distinct from (${input.formulaVersion}, b.max, b.rest, b.sex))
    order by w.id limit ${input.limit}`);
  return [...rows];
}
