import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, civilDates, numbersOrNull, rowsOf, wordsOf } from "@/db/rows";
import { HRV_SOURCES } from "@/lib/readiness/types";

const driverDay = z.object({
  date: civilDate,
  source: z.enum(HRV_SOURCES),
  /** Null without a valid reading or without a firm baseline. */
  deviation: z.number().nullable(),
  load: z.number().nullable(),
  asleepS: z.int().nullable(),
  sleepQuality: z.int().nullable(),
  fatigue: z.int().nullable(),
  soreness: z.int().nullable(),
  lifeStress: z.int().nullable(),
});

/** A day of an athlete with what may go with its HRV; `deviation` is ln RMSSD less the baseline mean of that day. */
export type DriverDay = z.output<typeof driverDay>;

/** The last `days` scored days of one athlete, oldest first, in one round trip. */
export async function listDriverDays(
  db: Db,
  input: { teamId: string; athleteId: string; days: number },
): Promise<DriverDay[]> {
  const { teamId, athleteId, days } = input;
  return rowsOf(db, "listDriverDays", driverDay)`
    select d.date::text as date, d.source,
      case when d.valid and d.baseline_grade = 'firm' then ln(d.rmssd_ms) - d.baseline_mean end as deviation,
      d.load, s.asleep_s as "asleepS", c.sleep_quality as "sleepQuality", c.fatigue, c.soreness,
      c.life_stress as "lifeStress"
    from readiness_days d
    left join sleeps s on s.athlete_id = d.athlete_id and s.date = d.date
    left join check_ins c on c.athlete_id = d.athlete_id and c.date = d.date
    where d.team_id = ${teamId} and d.athlete_id = ${athleteId}
      and d.date > (select max(date) from readiness_days where athlete_id = ${athleteId}) - ${days}::int
    order by d.date`;
}

/** The days by column: an array of each travels and is checked far faster than an object for every day. */
const squadDaysRow = z.object({
  athleteId: z.string(),
  name: z.string(),
  days: z.object({
    dates: civilDates,
    sources: wordsOf(HRV_SOURCES),
    z: numbersOrNull,
    mean7: numbersOrNull,
    sd: numbersOrNull,
  }),
});

export type AnalysisRow = Awaited<ReturnType<typeof listSquadDays>>[number];

/** Every sharing athlete of a squad with the scored days between two dates, oldest first, in one round trip. */
export async function listSquadDays(
  db: Db,
  input: { teamId: string; squadId: string; from: string; to: string },
) {
  const { teamId, squadId, from, to } = input;
  const rows = await rowsOf(db, "listSquadDays", squadDaysRow)`
    select a.id as "athleteId", a.name, h.days
    from athletes a
    join lateral (
      select json_build_object('dates', array_agg(r.date), 'sources', array_agg(r.source), 'z', array_agg(r.z),
        'mean7', array_agg(r.mean7), 'sd', array_agg(r.baseline_sd)) as days
      from (
        select date, source, z, mean7, baseline_sd from readiness_days
        where athlete_id = a.id and date between ${from}::date and ${to}::date order by date
      ) r
      having count(*) > 0
    ) h on true
    where a.team_id = ${teamId} and a.squad_id = ${squadId} and a.stopped_at is null
    order by a.name, a.id`;
  return rows.map(({ days, ...athlete }) => ({
    ...athlete,
    days: days.dates.map((date, i) => ({
      date,
      source: days.sources[i]!,
      z: days.z[i] ?? null,
      mean7: days.mean7[i] ?? null,
      sd: days.sd[i] ?? null,
    })),
  }));
}
