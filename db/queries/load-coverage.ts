import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";

const loadCoverageRow = z.object({
  name: z.string(),
  hasHeartRateMax: z.boolean(),
  hasHeartRateRest: z.boolean(),
  hasRange: z.boolean(),
  hasSex: z.boolean(),
  days: z.int(),
  cardioDays: z.int(),
  sessions: z.int(),
  banister: z.int(),
  edwards: z.int(),
  sessionRpe: z.int(),
  withoutHeartRate: z.int(),
  withoutRpe: z.int(),
});

/** What an athlete's last days carry for each kind of load: counts only, no values. */
export type LoadCoverageRow = z.output<typeof loadCoverageRow>;

const latest = (column: string) =>
  sql.raw(`(array_agg(${column} order by recorded_at desc) filter (where ${column} is not null))[1]`);

/** The sharing athletes of a squad whose history has arrived, and what their days between two dates carry, in one round trip. */
export async function listLoadCoverage(
  db: Db,
  input: { teamId: string; squadId: string; from: string; to: string },
): Promise<LoadCoverageRow[]> {
  const { teamId, squadId, from, to } = input;
  return rowsOf(db, "listLoadCoverage", loadCoverageRow)`
    select a.name, b.max is not null as "hasHeartRateMax", b.rest is not null as "hasHeartRateRest",
      coalesce(b.max > b.rest, true) as "hasRange", b.sex is not null as "hasSex",
      d.days, d."cardioDays", s.*
    from athletes a
    cross join lateral (
      select ${latest("heart_rate_max_bpm")} as max, ${latest("heart_rate_rest_bpm")} as rest, ${latest("sex")} as sex
      from physical_infos where athlete_id = a.id
    ) b
    cross join lateral (
      select least(
        (select min(date) from nights where athlete_id = a.id),
        (select min(date) from sleeps where athlete_id = a.id),
        (select min(date) from workouts where athlete_id = a.id),
        (select min(date) from daily_activities where athlete_id = a.id),
        (select min(date) from daily_loads where athlete_id = a.id and cardio_load > 0)
      ) as day
    ) f
    cross join lateral (
      select count(*)::int as days, count(cardio_load)::int as "cardioDays"
      from daily_loads where athlete_id = a.id and date >= f.day
        and date between ${from}::date and ${to}::date
    ) d
    cross join lateral (
      select count(*)::int as sessions, count(l.banister)::int as banister, count(l.edwards)::int as edwards,
        count(l.session_rpe)::int as "sessionRpe",
        (count(*) filter (where 'heart-rate' = any(l.missing)))::int as "withoutHeartRate",
        (count(*) filter (where 'rpe' = any(l.missing)))::int as "withoutRpe"
      from workouts w join workout_loads l on l.workout_id = w.id
      where w.athlete_id = a.id and w.date between ${from}::date and ${to}::date
        and w.id not in (
          select workout_id from morning_readings where athlete_id = a.id and workout_id is not null)
    ) s
    where a.team_id = ${teamId} and a.squad_id = ${squadId} and a.stopped_at is null
      and exists (select from connections c where c.athlete_id = a.id and c.backfilled_at is not null)
    order by a.name, a.id`;
}
