import { and, asc, desc, eq, gte, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { morningReadings } from "../../schema/reading";

type Owner = { teamId: string; athleteId: string };

export type MorningReadingRow = typeof morningReadings.$inferSelect;
export type NewMorningReading = Omit<typeof morningReadings.$inferInsert, keyof Owner>;

const ROWS_PER_STATEMENT = 500;

/** Stores readings; another upload of the same day and origin takes the place of the earlier one. @returns rows that really changed */
export async function upsertReadings(
  db: Db,
  owner: Owner,
  readings: readonly NewMorningReading[],
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < readings.length; from += ROWS_PER_STATEMENT) {
    const rows = await db
      .insert(morningReadings)
      .values(readings.slice(from, from + ROWS_PER_STATEMENT).map((reading) => ({ ...reading, ...owner })))
      .onConflictDoUpdate({
        target: [morningReadings.athleteId, morningReadings.date, morningReadings.origin],
        set: {
          rmssdMs: sql`excluded.rmssd_ms`,
          sdnnMs: sql`excluded.sdnn_ms`,
          heartRateBpm: sql`excluded.heart_rate_bpm`,
          acceptedShare: sql`excluded.accepted_share`,
          quality: sql`excluded.quality`,
          workoutId: sql`excluded.workout_id`,
          rrHash: sql`excluded.rr_hash`,
          body: sql`excluded.body`,
          createdAt: sql`excluded.created_at`,
        },
        setWhere: sql`(${morningReadings.rmssdMs}, ${morningReadings.sdnnMs}, ${morningReadings.heartRateBpm},
          ${morningReadings.quality}, ${morningReadings.workoutId}, ${morningReadings.rrHash},
          ${morningReadings.body}) is distinct from (excluded.rmssd_ms, excluded.sdnn_ms, excluded.heart_rate_bpm,
          excluded.quality, excluded.workout_id, excluded.rr_hash, excluded.body)`,
      })
      .returning({ date: morningReadings.date });
    changed += rows.length;
  }
  return changed;
}

/** An athlete's stored readings from a day on, oldest first, without what was uploaded. */
export async function listReadings(
  db: Db,
  input: Owner & { from: string },
): Promise<Omit<MorningReadingRow, "body" | "rrHash" | keyof Owner>[]> {
  return db
    .select({
      date: morningReadings.date,
      origin: morningReadings.origin,
      rmssdMs: morningReadings.rmssdMs,
      sdnnMs: morningReadings.sdnnMs,
      heartRateBpm: morningReadings.heartRateBpm,
      acceptedShare: morningReadings.acceptedShare,
      quality: morningReadings.quality,
      workoutId: morningReadings.workoutId,
      createdAt: morningReadings.createdAt,
    })
    .from(morningReadings)
    .where(
      and(
        eq(morningReadings.athleteId, input.athleteId),
        eq(morningReadings.teamId, input.teamId),
        gte(morningReadings.date, input.from),
      ),
    )
    .orderBy(asc(morningReadings.date), desc(morningReadings.origin));
}

/** Takes one reading away. @returns whether there was one */
export async function deleteReading(
  db: Db,
  input: Owner & Pick<MorningReadingRow, "date" | "origin">,
): Promise<boolean> {
  const rows = await db
    .delete(morningReadings)
    .where(
      and(
        eq(morningReadings.athleteId, input.athleteId),
        eq(morningReadings.teamId, input.teamId),
        eq(morningReadings.date, input.date),
        eq(morningReadings.origin, input.origin),
      ),
    )
    .returning({ date: morningReadings.date });
  return rows.length > 0;
}
