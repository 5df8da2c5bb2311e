import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDates, numbersOrNull, rowsOf, wordsOf } from "@/db/rows";
import { BASELINE_GRADES, HRV_SOURCES, LEVELS } from "@/lib/readiness/types";
import { REASONS } from "@/lib/readiness/verdict";

/** The days by column: an array of each travels and is checked far faster than an object for every day. */
const heatmapRow = z.object({
  athleteId: z.string(),
  name: z.string(),
  groupName: z.string().nullable(),
  days: z.object({
    dates: civilDates,
    levels: wordsOf(LEVELS),
    grades: wordsOf(BASELINE_GRADES),
    reasons: wordsOf(REASONS),
    sources: wordsOf(HRV_SOURCES),
    z: numbersOrNull,
    /** Null where the reading was out of range, as on the squad view. */
    rmssdMs: numbersOrNull,
    load: numbersOrNull,
  }),
  /** Days with a note or a tag. */
  marked: civilDates,
});

type GatheredDays = z.output<typeof heatmapRow>["days"];

export type HeatmapRow = Awaited<ReturnType<typeof listHeatmapRows>>[number];

/** The days of every sharing athlete of a squad between two dates, in one round trip. */
export async function listHeatmapRows(
  db: Db,
  input: { teamId: string; squadId: string; from: string; to: string },
) {
  const { teamId, squadId, from, to } = input;
  const rows = await rowsOf(db, "listHeatmapRows", heatmapRow)`
    select a.id as "athleteId", a.name, a.group_name as "groupName", h.days, coalesce(m.marked, '[]'::json) as marked
    from athletes a
    join lateral (
      select json_build_object('dates', array_agg(r.date), 'levels', array_agg(r.level),
        'grades', array_agg(r.baseline_grade), 'reasons', array_agg(r.reason), 'sources', array_agg(r.source),
        'z', array_agg(r.z), 'rmssdMs', array_agg(case when r.valid or r.suspect then r.rmssd_ms end),
        'load', array_agg(r.load)) as days
      from (
        select date, level, baseline_grade, reason, source, z, valid, suspect, rmssd_ms, load from readiness_days
        where athlete_id = a.id and date between ${from}::date and ${to}::date order by date
      ) r
      having count(*) > 0
    ) h on true
    left join lateral (
      select json_agg(distinct x.date) as marked from (
        select n.date from notes n where n.athlete_id = a.id and n.date between ${from}::date and ${to}::date
        union all
        select k.date from day_decisions k where k.athlete_id = a.id and k.date between ${from}::date and ${to}::date
      ) x
    ) m on true
    where a.team_id = ${teamId} and a.squad_id = ${squadId} and a.stopped_at is null
    order by a.name, a.id`;
  return rows.map(({ days, ...athlete }) => ({ ...athlete, days: daysOf(days) }));
}

function daysOf({ dates, levels, grades, reasons, sources, z, rmssdMs, load }: GatheredDays) {
  return dates.map((date, i) => ({
    date,
    level: levels[i]!,
    grade: grades[i]!,
    reason: reasons[i] ?? null,
    source: sources[i]!,
    z: z[i] ?? null,
    rmssdMs: rmssdMs[i] ?? null,
    load: load[i] ?? null,
  }));
}
