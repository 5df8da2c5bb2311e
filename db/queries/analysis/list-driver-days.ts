import { sql } from "drizzle-orm";
import type { HrvSource } from "@/lib/readiness/types";
import type { Db } from "../../client";

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
    left join sleeps s on s.athlete_id = d.athlete_id and s.date = d.date
    left join check_ins c on c.athlete_id = d.athlete_id and c.date = d.date
    where d.team_id = ${teamId} and d.athlete_id = ${athleteId}
      and d.date > (select max(date) from readiness_days where athlete_id = ${athleteId}) - ${days}::int
    order by d.date`);
  return [...rows];
}
