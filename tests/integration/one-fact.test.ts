import { createHash, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { insertPayloads } from "@/db/queries/payloads";
import { quarantinedFields } from "@/db/schema/payload";
import { athletes } from "@/db/schema/squad";
import { dailyActivities, naps, physicalInfos, sleeps, workouts } from "@/db/schema/wearable";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import type { Resource } from "@/lib/providers/polar/normalise/payload";
import type { StreamId } from "@/lib/providers/polar/streams";
import { parseUnread } from "@/lib/services/payloads/parse";
import { reprocess } from "@/lib/services/payloads/reprocess";
import { factsOf } from "../faults/state";
import { freshInstallation, type Installation } from "./sync-support";

let at: Installation;

beforeAll(async () => {
  at = await freshInstallation(() => new Date("2026-11-21T06:00:00Z"));
});
afterAll(() => at.close());

type Sent = { stream: StreamId; resource: Resource; key: string; body: object; fetchedAt?: string };

async function newAthlete(): Promise<string> {
  const athleteId = randomUUID();
  await at.db.insert(athletes).values({ id: athleteId, ...at.squad, name: "Aino Virtanen" });
  return athleteId;
}

async function arrive(athleteId: string, sent: readonly Sent[], minute: number): Promise<void> {
  for (const [position, { stream, resource, key, body, fetchedAt }] of sent.entries()) {
    const text = JSON.stringify(body);
    const payload = {
      teamId: at.squad.teamId,
      athleteId,
      stream,
      resource,
      providerKey: key,
      body: text,
      sha256: createHash("sha256").update(text).digest("hex"),
      fetchedAt: new Date(fetchedAt ?? Date.UTC(2026, 10, 21, 5, minute, 0, position)),
    };
    await insertPayloads(at.db, { athleteId, resource, payloads: [payload] });
  }
  const ctx: Context = at.job();
  const owner = { teamId: at.squad.teamId, athleteId };
  await parseUnread(ctx, owner, (work) => inTransaction(ctx, work));
}

/** Everything in the order given, a run of the parser after each of some pieces. */
async function live(sent: readonly Sent[], cuts: readonly boolean[]): Promise<string> {
  const athleteId = await newAthlete();
  let piece: Sent[] = [];
  for (const [position, one] of sent.entries()) {
    piece.push(one);
    if (!cuts[position] && position < sent.length - 1) continue;
    await arrive(athleteId, piece, position);
    piece = [];
  }
  return athleteId;
}

const noted = { aerobic_threshold: 140, maximum_heart_rate: 186 };
const kebab = (body: object) =>
  Object.fromEntries(Object.entries(body).map(([key, value]) => [key.replaceAll("_", "-"), value]));

const weighing = (id: number, created: string, weight: number): Sent => ({
  stream: "physical-info",
  resource: "physical-info",
  key: String(id),
  body: kebab({ id, created, weight, height: 170, ...noted, weight_source: "SOURCE_MEASURED" }),
});
const current = (modified: string, weight: number): Sent => ({
  stream: "physical-profile",
  resource: "physical-info",
  key: "current",
  body: {
    ...{ weight, height: 170, ...noted, created: "2024-06-01T12:00:00Z", modified },
    ...{ gender: "FEMALE", typical_day: "MOSTLY_SITTING", weight_source: "SOURCE_USER" },
  },
});

const run = {
  start_time: "2026-11-20T09:20:47",
  start_time_utc_offset: 120,
  duration: "PT1H13M32.189S",
  device_id: "1111AAAA",
  sport: "RUNNING",
  calories: 812,
  upload_time: "2026-11-20T09:02:11.000Z",
};
const numbered = (id: number, changes: object = {}): Sent => ({
  stream: "exercises",
  resource: "transaction-exercise",
  key: String(id),
  body: kebab({ id, ...run, ...changes }),
});
const hashed = (changes: object = {}, id = "0LYLpB8g"): Sent => ({
  stream: "exercise-details",
  resource: "exercise",
  key: id,
  body: { id, ...run, ...changes },
});
/** Nearly the stretch of `run`, as if it were edited, and yet another session. */
const beside = {
  start_time: "2026-11-20T09:25:00",
  duration: "PT1H10M",
  calories: 640,
  upload_time: "2026-11-20T09:08:12.000Z",
};

const summary = (id: number, steps: number): Sent => ({
  stream: "activities",
  resource: "transaction-activity",
  key: String(id),
  body: kebab({ id, date: "2026-11-20", active_steps: steps, calories: 1000 + steps / 10, duration: "PT3H" }),
});
const day = (steps: number): Sent => ({
  stream: "activity-details",
  resource: "activity-day",
  key: "2026-11-20",
  body: { start_time: "2026-11-20T00:00", end_time: "2026-11-20T23:59", steps, daily_activity: 112.4 },
});

const bed = (start: string, end: string, minute: number): Sent => ({
  stream: "sleep",
  resource: "sleep",
  key: "2026-11-20",
  body: { date: "2026-11-20", sleep_start_time: start, sleep_end_time: end, device_id: "1111AAAA" },
  fetchedAt: `2026-11-21T05:${String(minute).padStart(2, "0")}:00.000Z`,
});
const night = bed("2026-11-19T23:12:00+02:00", "2026-11-20T04:05:00+02:00", 10);
const longer = bed("2026-11-19T23:12:00+02:00", "2026-11-20T07:05:00+02:00", 20);
const nap = bed("2026-11-20T14:10:00+02:00", "2026-11-20T14:45:00+02:00", 10);
const later = bed("2026-11-20T17:00:00+02:00", "2026-11-20T17:25:00+02:00", 30);

const shorter = { duration: "PT50M" };
const edited = { duration: "PT1H05M", upload_time: "2026-11-20T19:00:00.000Z" };

/** What is sent of one fact by all channels, and how many rows come of it whatever the order. */
const table: [name: string, sent: Sent[], rows: number][] = [
  [
    "a weighing with milliseconds and in whole seconds",
    [weighing(7, "2026-11-18T05:40:00.613Z", 66), current("2026-11-18T05:40:00Z", 66)],
    1,
  ],
  [
    "a weighing that is rounded up to the next second",
    [weighing(7, "2026-11-18T05:40:00.613Z", 66), current("2026-11-18T05:40:01Z", 66)],
    1,
  ],
  [
    "a weighing that was modified later, in single precision",
    [weighing(7, "2026-11-18T05:40:00.613Z", 66.1), current("2026-11-18T05:41:12Z", 66.0999984741)],
    1,
  ],
  [
    "two weighings and the last of them once more",
    [
      weighing(7, "2026-11-18T05:40:00.613Z", 66),
      weighing(8, "2026-11-18T05:42:00.100Z", 67),
      current("2026-11-18T05:42:00Z", 67),
    ],
    2,
  ],
  ["a session in a transaction and by its hash", [numbered(1), hashed()], 1],
  ["a session that was cut shorter", [numbered(1), numbered(2, shorter), hashed(shorter)], 1],
  ["a session uploaded anew after an edit", [numbered(1), numbered(2, edited), hashed(edited)], 1],
  [
    "a session whose sport was changed",
    [numbered(1), numbered(2, { sport: "CYCLING" }), hashed({ sport: "CYCLING" })],
    1,
  ],
  [
    "a session that begins later after an edit",
    [
      numbered(1),
      numbered(2, { ...edited, start_time: "2026-11-20T09:25:00" }),
      hashed({ ...edited, start_time: "2026-11-20T09:25:00" }),
    ],
    1,
  ],
  ["a session whose hash channel leaves the device out", [numbered(1), hashed({ device_id: undefined })], 1],
  [
    "two sessions, one after the other",
    [numbered(1), hashed(), numbered(3, { start_time: "2026-11-20T18:00:00" })],
    2,
  ],
  [
    "a triathlon and its first leg",
    [numbered(1, { sport: "TRIATHLON", duration: "PT5H" }), numbered(2, { sport: "SWIMMING" })],
    2,
  ],
  [
    "two sessions of nearly one stretch of time, told apart by their hashes",
    [numbered(1), numbered(2, beside), hashed(), hashed(beside, "eZHpSTMx")],
    2,
  ],
  ["a day that grows", [summary(1, 4000), summary(2, 9000), day(18_230), summary(3, 18_230)], 1],
  ["a night", [night], 1],
  ["a night and a nap", [night, nap], 2],
  ["a night that is sent again, longer, and a nap", [night, nap, longer], 2],
  ["a night and two naps", [longer, nap, later], 3],
];

async function rowsOf(athleteId: string): Promise<number> {
  const tables = [physicalInfos, workouts, dailyActivities, sleeps, naps];
  const rows = await Promise.all(
    tables.map((one) => at.db.select().from(one).where(eq(one.athleteId, athleteId))),
  );
  return rows.flat().length;
}

describe("one fact is one row, whatever the order and the channel", () => {
  test.each(table)("%s", async (_name, sent, rows) => {
    const first = await live(sent, []);
    const facts = await factsOf(at.db, first);
    expect(await rowsOf(first)).toBe(rows);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(sent, { minLength: sent.length }),
        fc.array(fc.boolean(), { minLength: sent.length, maxLength: sent.length }),
        async (order, cuts) => {
          const athleteId = await live(order, cuts);
          expect(await factsOf(at.db, athleteId)).toEqual(facts);
          const read = await reprocess({
            ctx: at.job(),
            input: { athleteId, stream: null, since: null, mode: "write" },
          });
          expect(read.athletes[0]?.differences).toEqual([]);
          const aside = await at.db
            .select()
            .from(quarantinedFields)
            .where(eq(quarantinedFields.athleteId, athleteId));
          expect(aside).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  });
});

test("the longest sleep of a date is its night", async () => {
  const athleteId = await live([nap, longer, later], []);
  const [row] = await at.db.select().from(sleeps).where(eq(sleeps.athleteId, athleteId));
  expect(row?.endAt.toISOString()).toBe("2026-11-20T05:05:00.000Z");
  const rest = await at.db.select().from(naps).where(eq(naps.athleteId, athleteId));
  expect(rest.map((one) => one.startAt.toISOString()).sort()).toEqual([
    "2026-11-20T12:10:00.000Z",
    "2026-11-20T15:00:00.000Z",
  ]);
});

test("a nap of a date without a night is no night", async () => {
  const athleteId = await live([nap], []);
  expect(await at.db.select().from(sleeps).where(eq(sleeps.athleteId, athleteId))).toEqual([]);
  expect(await at.db.select().from(naps).where(eq(naps.athleteId, athleteId))).toHaveLength(1);
});

test("a night that is corrected to be shorter is the shorter one", async () => {
  const corrected = bed("2026-11-19T23:12:00+02:00", "2026-11-20T06:30:00+02:00", 40);
  const athleteId = await live([longer, corrected], [true, true]);
  const [row] = await at.db.select().from(sleeps).where(eq(sleeps.athleteId, athleteId));
  expect(row?.endAt.toISOString()).toBe("2026-11-20T04:30:00.000Z");
});

test("a session that was edited and met by its hash keeps its id and remembers both numbers", async () => {
  const athleteId = await newAthlete();
  await arrive(athleteId, [numbered(1)], 1);
  await arrive(athleteId, [hashed()], 2);
  const [before] = await at.db.select().from(workouts).where(eq(workouts.athleteId, athleteId));
  const moved = { ...edited, start_time: "2026-11-20T12:00:00", sport: "CYCLING" };
  await arrive(athleteId, [numbered(2, moved)], 3);
  await arrive(athleteId, [hashed(moved)], 4);
  const rows = await at.db.select().from(workouts).where(eq(workouts.athleteId, athleteId));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    id: before?.id,
    polarHashId: "0LYLpB8g",
    polarTransactionItemId: 2,
    earlierItemIds: [1],
    sport: "cycling",
    startAt: new Date("2026-11-20T10:00:00Z"),
  });
  const aside = await at.db
    .select()
    .from(quarantinedFields)
    .where(eq(quarantinedFields.athleteId, athleteId));
  expect(aside).toEqual([]);
});
