import { and, asc, eq, gt, gte } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf } from "@/db/rows";
import { dailyActivities, physicalInfos, workouts } from "@/db/schema/wearable";

export type BodyEntry = Awaited<ReturnType<typeof listBody>>[number];

export type ActivityEntry = Awaited<ReturnType<typeof listActivity>>[number];

export type IndexEntry = Awaited<ReturnType<typeof listRunningIndex>>[number];

type Of = { teamId: string; athleteId: string };

/** An athlete's body data as it changed, the oldest first. */
export async function listBody(db: Db, { teamId, athleteId }: Of) {
  const rows = await db
    .select({
      recordedAt: physicalInfos.recordedAt,
      weightKg: physicalInfos.weightKg,
      heightCm: physicalInfos.heightCm,
      heartRateMaxBpm: physicalInfos.heartRateMaxBpm,
      heartRateRestBpm: physicalInfos.heartRateRestBpm,
      aerobicThresholdBpm: physicalInfos.aerobicThresholdBpm,
      anaerobicThresholdBpm: physicalInfos.anaerobicThresholdBpm,
      vo2Max: physicalInfos.vo2Max,
      payloadId: physicalInfos.payloadId,
    })
    .from(physicalInfos)
    .where(and(eq(physicalInfos.teamId, teamId), eq(physicalInfos.athleteId, athleteId)))
    .orderBy(asc(physicalInfos.recordedAt));
  return rows.map(({ recordedAt, ...entry }) => ({ recordedAtMs: recordedAt.getTime(), ...entry }));
}

/** Daily activity since a date, the oldest first. */
export async function listActivity(db: Db, input: Of & { from: string }) {
  return db
    .select({
      date: dailyActivities.date,
      steps: dailyActivities.steps,
      activeCaloriesKcal: dailyActivities.activeCaloriesKcal,
      activeS: dailyActivities.activeS,
      inactiveS: dailyActivities.inactiveS,
      goalPercent: dailyActivities.goalPercent,
      zoneS: columnOf(
        "listActivity.zoneS",
        z.array(z.number()).nullable(),
      )`${dailyActivities.polar} -> 'zoneS'`,
    })
    .from(dailyActivities)
    .where(
      and(
        eq(dailyActivities.teamId, input.teamId),
        eq(dailyActivities.athleteId, input.athleteId),
        gte(dailyActivities.date, input.from),
      ),
    )
    .orderBy(asc(dailyActivities.date));
}

/** Polar's running index of each run that has one, the oldest first. */
export async function listRunningIndex(db: Db, { teamId, athleteId }: Of) {
  const runningIndex = columnOf(
    "listRunningIndex.runningIndex",
    z.number(),
  )`(${workouts.polar} ->> 'runningIndex')::float8`;
  return db
    .select({ date: workouts.date, runningIndex })
    .from(workouts)
    .where(and(eq(workouts.teamId, teamId), eq(workouts.athleteId, athleteId), gt(runningIndex, 0)))
    .orderBy(asc(workouts.startAt));
}
