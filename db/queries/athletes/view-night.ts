import { sql } from "drizzle-orm";
import type { Hypnogram, MinuteSeries, NightPolar } from "@/lib/wearables/types";
import type { Db } from "../../client";

export type NightEntry = {
  startAtMs: number | null;
  endAtMs: number | null;
  utcOffsetMinutes: number | null;
  asleepS: number | null;
  deepS: number | null;
  lightS: number | null;
  remS: number | null;
  interruptedS: number | null;
  efficiency: number | null;
  hypnogram: Hypnogram | null;
  polar: NightPolar | null;
  rmssdMs: number | null;
  heartRateBpm: number | null;
  breathingPerMin: number | null;
  ansCharge: number | null;
  ansChargeStatus: number | null;
  rechargeStatus: number | null;
  /** RMSSD in ms of each five minutes. */
  rmssdSeries: MinuteSeries | null;
};

export type DayEntry = {
  steps: number | null;
  activeCaloriesKcal: number | null;
  activeS: number | null;
  goalPercent: number | null;
  zoneS: number[] | null;
  sleepQuality: number | null;
  fatigue: number | null;
  soreness: number | null;
  lifeStress: number | null;
  checkInTags: string[] | null;
};

export type NapEntry = {
  startAtMs: number;
  endAtMs: number;
  utcOffsetMinutes: number;
  asleepS: number | null;
};

type On = { teamId: string; athleteId: string; date: string };

/** What Polar told of the night that ended on a day; undefined when it told nothing. */
export async function findNight(db: Db, { teamId, athleteId, date }: On): Promise<NightEntry | undefined> {
  const [row] = await db.execute<NightEntry>(sql`
    select (extract(epoch from s.start_at) * 1000)::float8 as "startAtMs",
      (extract(epoch from s.end_at) * 1000)::float8 as "endAtMs", s.utc_offset_minutes as "utcOffsetMinutes",
      s.asleep_s as "asleepS", s.deep_s as "deepS", s.light_s as "lightS", s.rem_s as "remS",
      s.interrupted_s as "interruptedS", s.efficiency, s.hypnogram, s.polar,
      n.rmssd_ms as "rmssdMs", n.heart_rate_bpm as "heartRateBpm", n.breathing_per_min as "breathingPerMin",
      n.ans_charge as "ansCharge", n.ans_charge_status as "ansChargeStatus",
      n.recharge_status as "rechargeStatus", n.rmssd_series as "rmssdSeries"
    from (select * from sleeps
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) s
    full join (select * from nights
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) n
      on n.athlete_id = s.athlete_id`);
  return row;
}

/** Sleeps of a day that were not its night, the earliest first. */
export async function listNaps(db: Db, { teamId, athleteId, date }: On): Promise<NapEntry[]> {
  const rows = await db.execute<NapEntry>(sql`
    select (extract(epoch from start_at) * 1000)::float8 as "startAtMs",
      (extract(epoch from end_at) * 1000)::float8 as "endAtMs", utc_offset_minutes as "utcOffsetMinutes",
      asleep_s as "asleepS"
    from naps where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date
    order by start_at`);
  return [...rows];
}

/** An athlete's activity and check-in of one day; undefined when there is neither. */
export async function findDay(db: Db, { teamId, athleteId, date }: On): Promise<DayEntry | undefined> {
  const [row] = await db.execute<DayEntry>(sql`
    select a.steps, a.active_calories_kcal as "activeCaloriesKcal", a.active_s as "activeS",
      a.goal_percent as "goalPercent", a.polar -> 'zoneS' as "zoneS",
      c.sleep_quality as "sleepQuality", c.fatigue, c.soreness, c.life_stress as "lifeStress",
      c.tags as "checkInTags"
    from (select * from daily_activities
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) a
    full join (select * from check_ins
      where team_id = ${teamId} and athlete_id = ${athleteId} and date = ${date}::date) c
      on c.athlete_id = a.athlete_id`);
  return row;
}
