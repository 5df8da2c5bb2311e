import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { morningReadings } from "../../schema/reading";
import { workoutSamples, workouts } from "../../schema/wearable";
import { upsertRows, upsertRowsForKeys } from "./upsert";

export type WorkoutRow = typeof workouts.$inferSelect;

/** Stored sessions that may be the same as the ones given: at the same time, or with one of Polar's ids. */
export async function listWorkoutsLike(
  db: Db,
  input: {
    athleteId: string;
    spans: readonly { startMs: number; endMs: number }[];
    itemIds: readonly number[];
    hashIds: readonly string[];
  },
): Promise<WorkoutRow[]> {
  const times = (ms: readonly number[]) =>
    sql`${sql.param(ms.map((at) => new Date(at).toISOString()))}::text[]::timestamptz[]`;
  const starts = times(input.spans.map((span) => span.startMs));
  const ends = times(input.spans.map((span) => span.endMs));
  const itemIds = sql`${sql.param(input.itemIds.map(String))}::text[]::bigint[]`;
  return db
    .select()
    .from(workouts)
    .where(
      and(
        eq(workouts.athleteId, input.athleteId),
        or(
          sql`exists (select from unnest(${starts}, ${ends}) as given (starts, ends)
            where ${workouts.startAt} = given.starts or (${workouts.startAt} < given.ends
              and ${workouts.startAt} + ${workouts.durationMs} * interval '1 ms' > given.starts))`,
          sql`${workouts.polarTransactionItemId} = any(${itemIds})`,
          sql`${workouts.earlierItemIds} && ${itemIds}`,
          inArray(workouts.polarHashId, [...input.hashIds]),
        ),
      ),
    )
    .orderBy(workouts.startAt, workouts.id);
}

/** Makes sessions part of others: series that these lack and readings go over, then the row goes. */
export async function joinWorkouts(
  db: Db,
  pairs: readonly { goneId: string; keptId: string }[],
): Promise<void> {
  for (const { goneId, keptId } of pairs) {
    await db.execute(sql`
      update ${workoutSamples} set workout_id = ${keptId} where workout_id = ${goneId}
        and kind not in (select kind from ${workoutSamples} where workout_id = ${keptId})`);
    await db.execute(sql`
      update ${morningReadings} set workout_id = ${keptId} where workout_id = ${goneId}`);
    await db.delete(workouts).where(eq(workouts.id, goneId));
  }
}

/** Writes whole sessions: those whose id is known are replaced. */
export async function saveWorkouts(db: Db, rows: readonly WorkoutRow[]): Promise<void> {
  await upsertRows(db, workouts, rows, { key: ["id"], provenance: [] });
}

/** Upserts recorded series. @returns the ids of the sessions with new or changed ones */
export async function upsertWorkoutSamples(
  db: Db,
  rows: (typeof workoutSamples.$inferInsert)[],
): Promise<string[]> {
  const written = await upsertRowsForKeys(db, workoutSamples, rows, {
    key: ["workoutId", "kind"],
    provenance: ["teamId", "athleteId", "payloadId"],
  });
  return written.map((row) => String(row.workout_id));
}
