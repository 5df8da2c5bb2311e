import { and, eq, inArray, sql } from "drizzle-orm";
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
} from "../../schema/wearable";
import { upsertRows } from "./upsert";

const perDay = { key: ["athleteId", "date"], provenance: ["teamId", "payloadId", "receivedAt"] } as const;

export function upsertNights(db: Db, rows: (typeof nights.$inferInsert)[]): Promise<number> {
  return upsertRows(db, nights, rows, { ...perDay });
}

export function upsertSleeps(db: Db, rows: (typeof sleeps.$inferInsert)[]): Promise<number> {
  return upsertRows(db, sleeps, rows, { ...perDay });
}

export function upsertNaps(db: Db, rows: (typeof naps.$inferInsert)[]): Promise<number> {
  const rule = { ...perDay, key: ["athleteId", "date", "startAt"] } as const;
  return upsertRows(db, naps, rows, rule);
}

/** Takes away what some dates hold besides the nights and naps named. @returns how many rows are gone */
export async function removeSleeps(
  db: Db,
  input: { athleteId: string; dates: readonly string[]; nights: readonly string[]; naps: readonly Date[] },
): Promise<{ nights: number; naps: number }> {
  const ofDates = sql`athlete_id = ${input.athleteId} and date = any(${sql.param([...input.dates])}::text[]::date[])`;
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
