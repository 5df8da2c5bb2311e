import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { expect } from "vitest";
import type { Db } from "@/db/client";
import { streamStates, transactions } from "@/db/schema/connection";
import { quarantinedFields, rawPayloads } from "@/db/schema/payload";
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

const TABLES = {
  sleeps,
  naps,
  nights,
  dailyLoads,
  dailyActivities,
  workouts,
  workoutSamples,
  physicalInfos,
  heartRateDays,
  measurements,
} satisfies Record<string, PgTable>;

const VOLATILE = new Set([
  "teamId",
  "athleteId",
  "payloadId",
  "detailPayloadId",
  "receivedAt",
  "id",
  "workoutId",
  "polarTransactionItemId",
  "earlierItemIds",
]);

function comparable(row: Record<string, unknown>): string {
  const kept = Object.entries(row).filter(([name]) => !VOLATILE.has(name));
  return JSON.stringify(Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Everything stored about an athlete, without what may differ between two ways to the same facts. */
export async function factsOf(db: Db, athleteId: string): Promise<Record<string, string[]>> {
  const entries = await Promise.all(
    Object.entries(TABLES).map(async ([name, table]) => {
      const rows = await db.select().from(table).where(eq(table.athleteId, athleteId));
      return [name, rows.map((row) => comparable(row)).sort()] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** What differs between two athletes' facts, short enough to read. */
export function differences(wanted: Record<string, string[]>, found: Record<string, string[]>): string[] {
  return Object.entries(wanted).flatMap(([table, rows]) => {
    const missing = rows.filter((row) => !found[table]?.includes(row));
    const surplus = (found[table] ?? []).filter((row) => !rows.includes(row));
    const short = (sign: string) => (row: string) => `${sign} ${table} ${row.slice(0, 300)}`;
    const doubled = rows.length !== found[table]?.length ? [`${table}: ${found[table]?.length} rows`] : [];
    return [...doubled, ...missing.map(short("-")), ...surplus.map(short("+"))].slice(0, 5);
  });
}

/** Whether anything is left to do for an athlete. */
export async function expectSettled(db: Db, athleteId: string): Promise<void> {
  const mine = eq(transactions.athleteId, athleteId);
  const unfinished = await db
    .select({ stream: transactions.stream, state: transactions.state })
    .from(transactions)
    .where(and(mine, inArray(transactions.state, ["open", "stored"])));
  expect(unfinished).toEqual([]);
  const unread = await db
    .select({ key: rawPayloads.providerKey })
    .from(rawPayloads)
    .where(and(eq(rawPayloads.athleteId, athleteId), isNull(rawPayloads.parsedAt)));
  expect(unread).toEqual([]);
  const failing = await db
    .select({ stream: streamStates.stream, error: streamStates.errorCode })
    .from(streamStates)
    .where(and(eq(streamStates.athleteId, athleteId), ne(streamStates.failures, 0)));
  expect(failing).toEqual([]);
  const quarantined = await db
    .select({ path: quarantinedFields.path, reason: quarantinedFields.reason })
    .from(quarantinedFields)
    .where(eq(quarantinedFields.athleteId, athleteId));
  expect(quarantined).toEqual([]);
}

/** Polar's ids of everything we have a raw payload of that came in a transaction. */
export async function storedItemIds(db: Db, athleteId: string): Promise<Set<string>> {
  const rows = await db
    .select({ key: rawPayloads.providerKey })
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, athleteId),
        inArray(rawPayloads.stream, ["exercises", "activities", "physical-info"]),
      ),
    );
  return new Set(rows.map((row) => row.key));
}

/** No two rows of raw payloads hold the same content of the same key in a row. */
export async function expectNothingTwice(db: Db, athleteId: string): Promise<void> {
  const twice = await db.execute(sql`
    select a.provider_key from ${rawPayloads} a join ${rawPayloads} b
      on a.athlete_id = b.athlete_id and a.resource = b.resource and a.provider_key = b.provider_key
      and b.revision = a.revision + 1 and a.sha256 = b.sha256
    where a.athlete_id = ${athleteId}`);
  expect([...twice]).toEqual([]);
}
