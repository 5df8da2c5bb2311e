import { count, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections, streamStates, transactions } from "@/db/schema/connection";
import { quarantinedFields, rawPayloads } from "@/db/schema/payload";
import {
  dailyActivities,
  dailyLoads,
  nights,
  physicalInfos,
  sleeps,
  workoutSamples,
  workouts,
} from "@/db/schema/wearable";
import { startSimulator } from "@/simulator/server";
import {
  connectedAthlete,
  control,
  eventsOf,
  freshInstallation,
  type Installation,
  pointAt,
  sync,
} from "./sync-support";

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small" });
  pointAt(sim);
  at = await freshInstallation();
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

type Family = { count: number; ids: (number | string)[]; dates: string[] };
type Oracle = {
  users: Record<
    string,
    {
      families: Record<string, Record<"available" | "offered" | "fetched" | "committed" | "held", Family>>;
      plain: Record<string, Family>;
    }
  >;
};

async function rowsOf(table: typeof nights | typeof workouts | typeof sleeps, athleteId: string) {
  const [row] = await at.db.select({ n: count() }).from(table).where(eq(table.athleteId, athleteId));
  return row?.n ?? 0;
}

test("a first sync stores what Polar delivers, commits it, and tells scoring", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const result = await sync(at, athleteId, "connected");
  expect(result).toMatchObject({ outcome: "synced", failed: [] });

  const { users } = await control(sim)<Oracle>("/oracle?login=aino");
  const aino = users.aino;
  expect(aino?.families.exercises?.committed.count).toBe(aino?.families.exercises?.available.count);
  expect(await rowsOf(workouts, athleteId)).toBe(aino?.plain.exercises?.count);
  expect(await rowsOf(nights, athleteId)).toBe(aino?.plain["nightly-recharge"]?.count);
  expect(await rowsOf(sleeps, athleteId)).toBe(aino?.plain.sleep?.count);

  const ledger = await at.db.select().from(transactions).where(eq(transactions.athleteId, athleteId));
  expect(new Set(ledger.map((row) => row.state))).toEqual(new Set(["committed"]));
  const quarantined = await at.db.select().from(quarantinedFields);
  expect(quarantined).toEqual([]);
  expect(await eventsOf(at.db, "athlete/day.changed")).toEqual([{ athleteId }]);
  const states = await at.db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
  expect(states.filter((state) => state.backfilledAt === null)).toEqual([]);
  const [connection] = await at.db.select().from(connections).where(eq(connections.athleteId, athleteId));
  expect(connection).toMatchObject({ status: "active", statusReason: null });
  expect(connection?.backfilledAt).not.toBeNull();
});

test("every session has one row with both of Polar's ids, its zones and its series", async () => {
  const rows = await at.db.select().from(workouts);
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) {
    expect(row.polarTransactionItemId).toBeTypeOf("number");
    expect(row.polarHashId).toBeTypeOf("string");
    expect(row.zones?.length).toBe(5);
    expect(row.payloadId).not.toBeNull();
    expect(row.detailPayloadId).not.toBeNull();
    const formats = row.hasRoute ? ["fit", "tcx", "gpx"] : ["fit", "tcx"];
    expect(row.files).toEqual(
      formats.map((format) => ({ format, resource: `/v3/exercises/${row.polarHashId}/${format}` })),
    );
  }
  const [series] = await at.db.select({ n: count() }).from(workoutSamples);
  expect(series?.n).toBeGreaterThanOrEqual(rows.length);
});

test("no file of a session is fetched", async () => {
  const { byRoute } = await control(sim)<{ byRoute: Record<string, number> }>("/requests");
  expect(Object.keys(byRoute).filter((route) => /\/(fit|tcx|gpx)$/.test(route))).toEqual([]);
});

test("days carry load, activity and body data, each with its payload", async () => {
  for (const table of [dailyLoads, dailyActivities, physicalInfos, sleeps]) {
    const rows = await at.db.select().from(table);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.payloadId === null)).toEqual([]);
  }
  const activities = await at.db.select().from(dailyActivities);
  expect(activities.filter((row) => row.goalPercent === null || !row.polar?.zoneS)).toEqual([]);
});

test("a sync that brings nothing new changes nothing", async () => {
  const [{ n: before } = { n: 0 }] = await at.db.select({ n: count() }).from(rawPayloads);
  const events = (await eventsOf(at.db, "athlete/day.changed")).length;
  await at.db.update(streamStates).set({ nextDueAt: new Date() });
  const [connection] = await at.db.select().from(connections);
  await sync(at, connection?.athleteId ?? "");
  const [{ n: after } = { n: 0 }] = await at.db.select({ n: count() }).from(rawPayloads);
  expect(after).toBe(before);
  expect((await eventsOf(at.db, "athlete/day.changed")).length).toBe(events);
});
