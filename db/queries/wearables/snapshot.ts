import { eq, getTableColumns } from "drizzle-orm";
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

const KEYED = {
  sleeps: { table: sleeps, key: ["date"] },
  naps: { table: naps, key: ["startAt"] },
  nights: { table: nights, key: ["date"] },
  daily_loads: { table: dailyLoads, key: ["date"] },
  daily_activities: { table: dailyActivities, key: ["date"] },
  workouts: { table: workouts, key: ["id"] },
  workout_samples: { table: workoutSamples, key: ["workoutId", "kind"] },
  physical_infos: { table: physicalInfos, key: ["recordedAt"] },
  heart_rate_days: { table: heartRateDays, key: ["date"] },
  measurements: { table: measurements, key: ["kind", "recordedAt", "deviceId"] },
} as const;

export type WearableTable = keyof typeof KEYED;

const PROVENANCE = new Set(["teamId", "athleteId", "payloadId", "detailPayloadId", "receivedAt"]);

/** A row's values as text, by column. */
export type SnapshotRow = Map<string, string>;
export type Snapshot = Map<string, SnapshotRow>;

const asText = (value: unknown) => (value === null ? "null" : JSON.stringify(value));

/** Every normalised row of an athlete in some tables, by `table key`, without where its numbers came from. */
export async function takeSnapshot(
  db: Db,
  input: { athleteId: string; tables: readonly WearableTable[] },
): Promise<Snapshot> {
  const snapshot: Snapshot = new Map();
  for (const name of input.tables) {
    const { table, key } = KEYED[name];
    const columns = Object.keys(getTableColumns(table)).filter((column) => !PROVENANCE.has(column));
    const rows: Record<string, unknown>[] = await db
      .select()
      .from(table)
      .where(eq(table.athleteId, input.athleteId));
    for (const row of rows) {
      const id = key
        .map((column) => (row[column] instanceof Date ? row[column].toISOString() : row[column]))
        .join(" ");
      snapshot.set(`${name} ${id}`, new Map(columns.map((column) => [column, asText(row[column])])));
    }
  }
  return snapshot;
}
