import { and, eq, getTableColumns, isNull, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "../../client";
import {
  dailyActivities,
  dailyLoads,
  heartRateDays,
  measurements,
  naps,
  nights,
  physicalInfos,
  sleeps,
  workoutSamples,
  workouts,
} from "../../schema/wearable";
import type { WearableTable } from "./snapshot";

const REBUILT_WHOLE = {
  sleeps,
  naps,
  nights,
  daily_loads: dailyLoads,
  daily_activities: dailyActivities,
  workout_samples: workoutSamples,
  physical_infos: physicalInfos,
  heart_rate_days: heartRateDays,
  measurements,
};

/** Sessions keep their id, which pages and notes point to; everything that may be null is emptied. */
async function emptyWorkouts(db: Db, athleteId: string): Promise<void> {
  const identity = ["polarTransactionItemId", "polarHashId", "earlierItemIds"];
  const columns = Object.entries(getTableColumns(workouts)) as [string, PgColumn][];
  const nullable = columns.filter(([name, column]) => !column.notNull && !identity.includes(name));
  const empty = Object.fromEntries(nullable.map(([name]) => [name, null]));
  const polar = sql`coalesce((select jsonb_object_agg(k, null::jsonb) from jsonb_object_keys(${workouts.polar}) k), '{}')`;
  await db
    .update(workouts)
    .set({ ...empty, polar })
    .where(eq(workouts.athleteId, athleteId));
}

/** Clears an athlete's normalised rows before they are rebuilt from raw payloads. */
export async function clearWearables(
  db: Db,
  input: { athleteId: string; tables: readonly WearableTable[] },
): Promise<void> {
  for (const name of input.tables) {
    if (name === "workouts") await emptyWorkouts(db, input.athleteId);
    else await db.delete(REBUILT_WHOLE[name]).where(eq(REBUILT_WHOLE[name].athleteId, input.athleteId));
  }
}

/** Deletes the sessions that no payload holds any more. */
export async function deleteEmptyWorkouts(db: Db, athleteId: string): Promise<void> {
  await db.delete(workouts).where(and(eq(workouts.athleteId, athleteId), isNull(workouts.payloadId)));
}
