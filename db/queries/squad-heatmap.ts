import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { BaselineGrade, HrvSource, Level, NoVerdictReason } from "@/lib/readiness/types";

export type HeatmapRow = {
  athleteId: string;
  name: string;
  groupName: string | null;
  days: {
    date: string;
    level: Level;
    grade: BaselineGrade;
    reason: NoVerdictReason | null;
    source: HrvSource;
    z: number | null;
    /** Null where the reading was out of range, as on the squad view. */
    rmssdMs: number | null;
    load: number | null;
  }[];
  /** Days with a note or a tag. */
  marked: string[];
};

/** The days of every sharing athlete of a squad between two dates, in one round trip. */
export async function listHeatmapRows(
  db: Db,
  input: { teamId: string; squadId: string; from: string; to: string },
): Promise<HeatmapRow[]> {
  const { teamId, squadId, from, to } = input;
  const rows = await db.execute<HeatmapRow>(sql`
    select a.id as "athleteId", a.name, a.group_name as "groupName", h.days, coalesce(m.marked, '[]'::json) as marked
    from athletes a
    join lateral (
      select json_agg(json_build_object('date', r.date, 'level', r.level, 'grade', r.baseline_grade,
        'reason', r.reason, 'source', r.source, 'z', r.z, 'rmssdMs', case when r.valid or r.suspect then r.rmssd_ms end, 'load', r.load) order by r.date) as days
      from readiness_days r
      where r.athlete_id = a.id and r.date between ${from}::date and ${to}::date
    ) h on h.days is not null
    left join lateral (
      select json_agg(distinct x.date) as marked from (
        select n.date from notes n where n.athlete_id = a.id and n.date between ${from}::date and ${to}::date
        union all
        select k.date from day_decisions k where k.athlete_id = a.id and k.date between ${from}::date and ${to}::date
      ) x
    ) m on true
    where a.team_id = ${teamId} and a.squad_id = ${squadId} and a.stopped_at is null
    order by a.name, a.id`);
  return [...rows];
}
