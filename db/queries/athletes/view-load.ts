import { sql } from "drizzle-orm";
import type { LoadKind } from "@/lib/readiness/load/kind";
import type { MissingInput } from "@/lib/readiness/load/session-loads";
import type { Db } from "../../client";

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
