import type { Db } from "../../client";
import {
  dailyActivities,
  dailyLoads,
  heartRateDays,
  measurements,
  nights,
  physicalInfos,
  sleeps,
} from "../../schema/wearable";
import { upsertRows } from "./upsert";

const perDay = { key: ["athleteId", "date"], provenance: ["teamId", "payloadId", "receivedAt"] } as const;

export function upsertNights(db: Db, rows: (typeof nights.$inferInsert)[]): Promise<number> {
  return upsertRows(db, nights, rows, { ...perDay, onConflict: "replace" });
}

export function upsertSleeps(db: Db, rows: (typeof sleeps.$inferInsert)[]): Promise<number> {
  return upsertRows(db, sleeps, rows, { ...perDay, onConflict: "replace" });
}

export function upsertDailyLoads(db: Db, rows: (typeof dailyLoads.$inferInsert)[]): Promise<number> {
  return upsertRows(db, dailyLoads, rows, { ...perDay, onConflict: "replace" });
}

/** A day's summary comes from a transaction and from the plain collection, which know different things of it. */
export function upsertDailyActivities(
  db: Db,
  rows: (typeof dailyActivities.$inferInsert)[],
): Promise<number> {
  return upsertRows(db, dailyActivities, rows, { ...perDay, onConflict: "merge" });
}

export function upsertPhysicalInfos(db: Db, rows: (typeof physicalInfos.$inferInsert)[]): Promise<number> {
  const rule = { ...perDay, key: ["athleteId", "recordedAt"], onConflict: "merge" } as const;
  return upsertRows(db, physicalInfos, rows, rule);
}

export function upsertHeartRateDays(db: Db, rows: (typeof heartRateDays.$inferInsert)[]): Promise<number> {
  return upsertRows(db, heartRateDays, rows, { ...perDay, onConflict: "replace" });
}

export function upsertMeasurements(db: Db, rows: (typeof measurements.$inferInsert)[]): Promise<number> {
  const rule = {
    ...perDay,
    key: ["athleteId", "kind", "recordedAt", "deviceId"],
    onConflict: "replace",
  } as const;
  return upsertRows(db, measurements, rows, rule);
}
