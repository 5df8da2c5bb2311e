import { inArray } from "drizzle-orm";
import type { Db } from "../../client";
import { workoutLoads } from "../../schema/wearable";
import { upsertRows } from "../wearables/upsert";

export type WorkoutLoadRow = typeof workoutLoads.$inferInsert;

/** Writes sessions' loads, at most one row per session. */
export async function writeWorkoutLoads(db: Db, rows: readonly WorkoutLoadRow[]): Promise<void> {
  const rule = { key: ["workoutId"], provenance: ["teamId", "athleteId", "samplesPayloadId", "computedAt"] };
  await upsertRows(db, workoutLoads, rows, { ...rule });
}

/** Takes the loads of changed sessions away, so that they are computed again. */
export async function forgetWorkoutLoads(db: Db, input: { workoutIds: readonly string[] }): Promise<void> {
  if (input.workoutIds.length === 0) return;
  await db.delete(workoutLoads).where(inArray(workoutLoads.workoutId, [...input.workoutIds]));
}
