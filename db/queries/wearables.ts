import { and, eq, getTableColumns, inArray, isNull, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
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
} from "@/db/schema/wearable";
import { upsertRows } from "./upsert";

const perDay = { key: ["athleteId", "date"], provenance: ["teamId", "payloadId", "receivedAt"] } as const;

export function upsertNights(db: Db, rows: (typeof nights.$inferInsert)[]): Promise<number> {
  const rule = { ...perDay, key: ["athleteId", "date", "sourceId", "metric"] } as const;
  return upsertRows(db, nights, rows, rule);
}

export function upsertSleeps(db: Db, rows: (typeof sleeps.$inferInsert)[]): Promise<number> {
  return upsertRows(db, sleeps, rows, { ...perDay, key: ["athleteId", "date", "sourceId"] });
}

export function upsertNaps(db: Db, rows: (typeof naps.$inferInsert)[]): Promise<number> {
  const rule = { ...perDay, key: ["athleteId", "date", "sourceId", "startAt"] } as const;
  return upsertRows(db, naps, rows, rule);
}

/** Takes away what a source has on some dates besides the nights and naps named. @returns how many rows are gone */
export async function removeSleeps(
  db: Db,
  input: {
    athleteId: string;
    sourceId: number;
    dates: readonly string[];
    nights: readonly string[];
    naps: readonly Date[];
  },
): Promise<{ nights: number; naps: number }> {
  const ofDates = sql`athlete_id = ${input.athleteId} and source_id = ${input.sourceId}
    and date = any(${sql.param([...input.dates])}::text[]::date[])`;
  const starts = input.naps.map((at) => at.toISOString());
  const goneNights = await db.execute(sql`
    delete from ${sleeps} where ${ofDates} and date <> all(${sql.param([...input.nights])}::text[]::date[]) returning date`);
  const goneNaps = await db.execute(sql`
    delete from ${naps} where ${ofDates} and start_at <> all(${sql.param(starts)}::text[]::timestamptz[]) returning date`);
  return { nights: goneNights.length, naps: goneNaps.length };
}

export function upsertDailyLoads(db: Db, rows: (typeof dailyLoads.$inferInsert)[]): Promise<number> {
  return upsertRows(db, dailyLoads, rows, { ...perDay });
}

/** What is stored of some days. */
export async function listDailyActivities(
  db: Db,
  input: { athleteId: string; dates: readonly string[] },
): Promise<(typeof dailyActivities.$inferSelect)[]> {
  return db
    .select()
    .from(dailyActivities)
    .where(
      and(eq(dailyActivities.athleteId, input.athleteId), inArray(dailyActivities.date, [...input.dates])),
    );
}

export function upsertDailyActivities(
  db: Db,
  rows: (typeof dailyActivities.$inferInsert)[],
): Promise<number> {
  return upsertRows(db, dailyActivities, rows, { ...perDay });
}

export type PhysicalInfoRow = typeof physicalInfos.$inferSelect;

/** An athlete's body data, the oldest first. */
export async function listPhysicalInfos(db: Db, athleteId: string): Promise<PhysicalInfoRow[]> {
  return db
    .select()
    .from(physicalInfos)
    .where(eq(physicalInfos.athleteId, athleteId))
    .orderBy(physicalInfos.recordedAt);
}

export async function removePhysicalInfos(
  db: Db,
  input: { athleteId: string; recordedAts: readonly Date[] },
): Promise<void> {
  if (input.recordedAts.length === 0) return;
  await db
    .delete(physicalInfos)
    .where(
      and(
        eq(physicalInfos.athleteId, input.athleteId),
        inArray(physicalInfos.recordedAt, [...input.recordedAts]),
      ),
    );
}

export function upsertPhysicalInfos(db: Db, rows: (typeof physicalInfos.$inferInsert)[]): Promise<number> {
  const rule = { ...perDay, key: ["athleteId", "recordedAt"] } as const;
  return upsertRows(db, physicalInfos, rows, rule);
}

export function upsertHeartRateDays(db: Db, rows: (typeof heartRateDays.$inferInsert)[]): Promise<number> {
  return upsertRows(db, heartRateDays, rows, { ...perDay });
}

export function upsertMeasurements(db: Db, rows: (typeof measurements.$inferInsert)[]): Promise<number> {
  const rule = {
    ...perDay,
    key: ["athleteId", "kind", "recordedAt", "deviceId"],
  } as const;
  return upsertRows(db, measurements, rows, rule);
}

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

const KEYED = {
  sleeps: { table: sleeps, key: ["date", "sourceId"] },
  naps: { table: naps, key: ["startAt", "sourceId"] },
  nights: { table: nights, key: ["date", "sourceId", "metric"] },
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
type SnapshotRow = Map<string, string>;

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
