import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

export type BodyEntry = {
  recordedAtMs: number;
  weightKg: number | null;
  heightCm: number | null;
  heartRateMaxBpm: number | null;
  heartRateRestBpm: number | null;
  aerobicThresholdBpm: number | null;
  anaerobicThresholdBpm: number | null;
  vo2Max: number | null;
  payloadId: string | null;
};

export type ActivityEntry = {
  date: string;
  steps: number | null;
  activeCaloriesKcal: number | null;
  activeS: number | null;
  inactiveS: number | null;
  goalPercent: number | null;
  zoneS: number[] | null;
};

export type IndexEntry = { date: string; runningIndex: number };

type Of = { teamId: string; athleteId: string };

/** An athlete's body data as it changed, the oldest first. */
export async function listBody(db: Db, { teamId, athleteId }: Of): Promise<BodyEntry[]> {
  const rows = await db.execute<BodyEntry>(sql`
    select (extract(epoch from recorded_at) * 1000)::float8 as "recordedAtMs", weight_kg as "weightKg",
      height_cm as "heightCm", heart_rate_max_bpm as "heartRateMaxBpm", heart_rate_rest_bpm as "heartRateRestBpm",
      aerobic_threshold_bpm as "aerobicThresholdBpm", anaerobic_threshold_bpm as "anaerobicThresholdBpm",
      vo2_max as "vo2Max", payload_id as "payloadId"
    from physical_infos where team_id = ${teamId} and athlete_id = ${athleteId}
    order by recorded_at`);
  return [...rows];
}

/** Daily activity since a date, the oldest first. */
export async function listActivity(db: Db, input: Of & { from: string }): Promise<ActivityEntry[]> {
  const rows = await db.execute<ActivityEntry>(sql`
    select date::text as date, steps, active_calories_kcal as "activeCaloriesKcal", active_s as "activeS",
      inactive_s as "inactiveS", goal_percent as "goalPercent", polar -> 'zoneS' as "zoneS"
    from daily_activities
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and date >= ${input.from}::date
    order by date`);
  return [...rows];
}

/** Polar's running index of each run that has one, the oldest first. */
export async function listRunningIndex(db: Db, { teamId, athleteId }: Of): Promise<IndexEntry[]> {
  const rows = await db.execute<IndexEntry>(sql`
    select date::text as date, (polar ->> 'runningIndex')::float8 as "runningIndex"
    from workouts
    where team_id = ${teamId} and athlete_id = ${athleteId} and (polar ->> 'runningIndex')::float8 > 0
    order by start_at`);
  return [...rows];
}
