import { and, eq, inArray, or } from "drizzle-orm";
import type { Db } from "../../client";
import { workoutSamples, workouts } from "../../schema/wearable";
import { upsertRows, upsertRowsForKeys } from "./upsert";

export type WorkoutRow = typeof workouts.$inferSelect;

/** Stored sessions that may be the same as the ones given: same start, or one of Polar's two ids. */
export async function listWorkoutsLike(
  db: Db,
  input: { athleteId: string; startAts: Date[]; itemIds: number[]; hashIds: string[] },
): Promise<WorkoutRow[]> {
  const same = [
    inArray(workouts.startAt, input.startAts),
    input.itemIds.length > 0 ? inArray(workouts.polarTransactionItemId, input.itemIds) : undefined,
    input.hashIds.length > 0 ? inArray(workouts.polarHashId, input.hashIds) : undefined,
  ];
  return db
    .select()
    .from(workouts)
    .where(and(eq(workouts.athleteId, input.athleteId), or(...same)));
}

/** Writes whole sessions: those whose id is known are replaced. */
export async function saveWorkouts(db: Db, rows: readonly WorkoutRow[]): Promise<void> {
  await upsertRows(db, workouts, rows, { key: ["id"], provenance: [], onConflict: "replace" });
}

/** Upserts recorded series. @returns the ids of the sessions with new or changed ones */
export async function upsertWorkoutSamples(
  db: Db,
  rows: (typeof workoutSamples.$inferInsert)[],
): Promise<string[]> {
  const written = await upsertRowsForKeys(db, workoutSamples, rows, {
    key: ["workoutId", "kind"],
    provenance: ["teamId", "athleteId", "payloadId"],
    onConflict: "replace",
  });
  return written.map((row) => String(row.workout_id));
}
