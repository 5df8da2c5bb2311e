import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { HrvSource } from "@/lib/readiness/types";

/** A day of an athlete with what may go with its HRV; `deviation` is ln RMSSD less the baseline mean of that day. */
export type DriverDay = {
  date: string;
  source: HrvSource;
  /** Null without a valid reading or without a firm baseline. */
  deviation: number | null;
  load: number | null;
  asleepS: number | null;
  sleepQuality: number | null;
  fatigue: number | null;
  soreness: number | null;
  lifeStress: number | null;
};

/** The last `days` scored days of one athlete, oldest first, in one round trip. */
export async function listDriverDays(
  db: Db,
  input: { teamId: string; athleteId: string; days: number },
): Promise<DriverDay[]> {
  const { teamId, athleteId, days } = input;
  const rows = await db.execute<DriverDay>(sql`
    select d.date::text as date, d.source,
      case when d.valid and d.baseline_grade = 'firm' then ln(d.rmssd_ms) - d.baseline_mean end as deviation,
      d.load, s.asleep_s as "asleepS", c.sleep_quality as "sleepQuality", c.fatigue, c.soreness,
      c.life_stress as "lifeStress"
    from readiness_days d
    left join scored_sleeps s on s.athlete_id = d.athlete_id and s.date = d.date
    left join check_ins c on c.athlete_id = d.athlete_id and c.date = d.date
    where d.team_id = ${teamId} and d.athlete_id = ${athleteId}
      and d.date > (select max(date) from readiness_days where athlete_id = ${athleteId}) - ${days}::int
    order by d.date`);
  return [...rows];
}

export type AnalysisRow = {
  athleteId: string;
  name: string;
  days: {
    date: string;
    source: HrvSource;
    z: number | null;
    mean7: number | null;
    sd: number | null;
  }[];
};

/** Every sharing athlete of a squad with the scored days between two dates, oldest first, in one round trip. */
export async function listSquadDays(
  db: Db,
  input: { teamId: string; squadId: string; from: string; to: string },
): Promise<AnalysisRow[]> {
  const { teamId, squadId, from, to } = input;
  const rows = await db.execute<AnalysisRow>(sql`
    select a.id as "athleteId", a.name, h.days
    from athletes a
    join lateral (
      select json_agg(json_build_object('date', r.date, 'source', r.source, 'z', r.z,
        'mean7', r.mean7, 'sd', r.baseline_sd) order by r.date) as days
      from readiness_days r
      where r.athlete_id = a.id and r.date between ${from}::date and ${to}::date
    ) h on h.days is not null
    where a.team_id = ${teamId} and a.squad_id = ${squadId} and a.stopped_at is null
    order by a.name, a.id`);
  return [...rows];
}
