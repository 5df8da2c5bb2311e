import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BodyEntry, isSameEntry, joinedEntry } from "./body-entries";
import { grownDay } from "./grown-day";
import { isPlausible, PLAUSIBLE, type Quantity } from "./plausible";
import { isNewerVersion, isSameSession, type SessionIdentity } from "./same-session";
import { type FetchedSleep, sleepsOfDate } from "./sleeps-of-date";
import type { DailyActivity, Sleep } from "./types";

const HOUR = 3_600_000;
const midnight = Date.parse("2026-11-20T00:00:00Z");

function slept(input: {
  from: number;
  to: number;
  deviceId?: string | null;
  fetchedMs?: number;
}): FetchedSleep {
  const at = (hours: number) => new Date(midnight + hours * HOUR).toISOString();
  const sleep = { startAt: at(input.from), endAt: at(input.to), utcOffsetMinutes: 0 };
  const deviceId = input.deviceId === undefined ? "1111AAAA" : input.deviceId;
  return { sleep: { ...sleep, deviceId } as Sleep, fetchedMs: input.fetchedMs ?? midnight + 30 * HOUR };
}

const hours = (it: FetchedSleep | null) => it && (Date.parse(it.sleep.startAt) - midnight) / HOUR;

describe("the sleeps of a date", () => {
  test("the longest is the night and the rest are naps, in their order", () => {
    const { night, naps } = sleepsOfDate([
      slept({ from: 17, to: 17.4 }),
      slept({ from: -1, to: 7 }),
      slept({ from: 14, to: 14.6 }),
    ]);
    expect([hours(night), naps.map(hours)]).toEqual([-1, [14, 17]]);
  });

  test("of two devices in one night the longer recording counts, and neither is a nap", () => {
    const ring = slept({ from: -0.5, to: 6.5, deviceId: "2222BBBB", fetchedMs: midnight + 40 * HOUR });
    const { night, naps } = sleepsOfDate([slept({ from: -1, to: 7 }), ring]);
    expect([hours(night), naps]).toEqual([-1, []]);
  });

  test("a later version of a recording counts, though it is shorter", () => {
    const corrected = slept({ from: -1, to: 6, fetchedMs: midnight + 40 * HOUR });
    const { night, naps } = sleepsOfDate([corrected, slept({ from: -1, to: 7 })]);
    expect([night, naps]).toEqual([corrected, []]);
  });

  test("a nap that Polar later counts to the night is no nap any more", () => {
    const longer = slept({ from: -1, to: 8, fetchedMs: midnight + 40 * HOUR });
    const { night, naps } = sleepsOfDate([slept({ from: -1, to: 5 }), slept({ from: 6, to: 8 }), longer]);
    expect([night, naps]).toEqual([longer, []]);
  });

  test("a short sleep by day alone is a nap, a short one at night the night", () => {
    expect(sleepsOfDate([slept({ from: 14, to: 14.6 })])).toMatchObject({ night: null, naps: [{}] });
    expect(hours(sleepsOfDate([slept({ from: 3, to: 4.5 })]).night)).toBe(3);
    expect(hours(sleepsOfDate([slept({ from: 9.5, to: 14 })]).night)).toBe(9.5);
  });

  test("whatever the order, the same night and naps; no two overlap", () => {
    const any = fc.record({
      from: fc.integer({ min: -6, max: 40 }).map((half) => half / 2),
      length: fc.integer({ min: 1, max: 20 }).map((half) => half / 2),
      deviceId: fc.constantFrom("A", "B", null),
      fetched: fc.integer({ min: 0, max: 3 }),
    });
    const list = fc
      .array(any, { minLength: 1, maxLength: 6 })
      .map((all) =>
        all.map(({ from, length, deviceId, fetched }) =>
          slept({ from, to: from + length, deviceId, fetchedMs: midnight + fetched * HOUR }),
        ),
      );
    fc.assert(
      fc.property(
        list.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          const told = sleepsOfDate(all);
          expect(sleepsOfDate(shuffled)).toEqual(told);
          const kept = [told.night, ...told.naps].filter((one) => one !== null).map(({ sleep }) => sleep);
          for (const a of kept)
            for (const b of kept)
              if (a !== b) expect(a.endAt <= b.startAt || b.endAt <= a.startAt).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

const run: SessionIdentity = {
  hashId: null,
  itemIds: [1],
  startMs: midnight + 9 * HOUR,
  durationMs: HOUR,
  sport: "running",
  deviceId: "1111AAAA",
};
const again = (changes: Partial<SessionIdentity>): SessionIdentity => ({ ...run, itemIds: [2], ...changes });

test.each<[string, SessionIdentity, boolean]>([
  ["the same number", again({ itemIds: [1], startMs: 0, sport: "cycling" }), true],
  ["a duration rounded to the second", again({ durationMs: HOUR + 900, sport: "cycling" }), true],
  ["cut shorter", again({ durationMs: HOUR / 3 }), true],
  ["begun five minutes later", again({ startMs: run.startMs + 300_000, durationMs: HOUR - 300_000 }), true],
  ["the device left out", again({ deviceId: "" }), true],
  ["another device beside it", again({ deviceId: "2222BBBB" }), false],
  ["another sport within it", again({ sport: "swimming", durationMs: HOUR / 3 }), false],
  ["the next session right after it", again({ startMs: run.startMs + HOUR }), false],
])("a session with %s is the same: %o %s", (_, other, same) => {
  expect(isSameSession(run, other)).toBe(same);
  expect(isSameSession(other, run)).toBe(same);
});

test("two hashes are two sessions, though they lie over each other", () => {
  const a = again({ hashId: "a", itemIds: [] });
  expect(isSameSession(a, again({ hashId: "b", itemIds: [], durationMs: HOUR / 2 }))).toBe(false);
});

test.each([
  [
    "a later upload",
    { hashId: null, itemIds: [1], uploadedMs: 2 },
    { hashId: "a", itemIds: [9], uploadedMs: 1 },
    true,
  ],
  [
    "an earlier upload",
    { hashId: "a", itemIds: [], uploadedMs: 1 },
    { hashId: null, itemIds: [1], uploadedMs: 2 },
    false,
  ],
  [
    "the plain collection",
    { hashId: "a", itemIds: [], uploadedMs: 1 },
    { hashId: null, itemIds: [1], uploadedMs: 1 },
    true,
  ],
  [
    "an item after the plain collection",
    { hashId: null, itemIds: [1], uploadedMs: 1 },
    { hashId: "a", itemIds: [], uploadedMs: 1 },
    false,
  ],
  [
    "a higher number",
    { hashId: null, itemIds: [2], uploadedMs: null },
    { hashId: "a", itemIds: [1], uploadedMs: null },
    true,
  ],
  [
    "a lower number",
    { hashId: null, itemIds: [1], uploadedMs: null },
    { hashId: null, itemIds: [2], uploadedMs: null },
    false,
  ],
])("of two versions %s is newer: %o %o %s", (_, incoming, kept, newer) => {
  expect(isNewerVersion(incoming, kept)).toBe(newer);
});

const weighed = (seconds: number, weightKg: number | null, more: Partial<BodyEntry> = {}): BodyEntry => ({
  recordedMs: midnight + seconds * 1000,
  weightKg,
  heightCm: 170,
  heartRateMaxBpm: 186,
  heartRateRestBpm: null,
  aerobicThresholdBpm: null,
  anaerobicThresholdBpm: null,
  vo2Max: 52,
  sex: null,
  polar: {},
  ...more,
});

test.each([
  ["the same second", weighed(0.6, 66), true],
  ["the same second, another weight: a correction", weighed(0.6, 67), true],
  ["a minute later, the same weight", weighed(60, 66.04), true],
  ["a minute later, another weight", weighed(60, 66.4), false],
  ["an hour later", weighed(3600, 66), false],
])("an entry of %s", (_, other, same) => {
  expect(isSameEntry(weighed(0, 66), other)).toBe(same);
  expect(isSameEntry(other, weighed(0, 66))).toBe(same);
});

test("one entry of two knows what both know, in either order", () => {
  const one = weighed(0.6, 66, { polar: { weight_source: "SOURCE_MEASURED" } });
  const other = weighed(0, 66.04, {
    sex: "female",
    polar: { weight_source: "SOURCE_USER", typical_day: "X" },
  });
  expect(joinedEntry(one, other)).toEqual(joinedEntry(other, one));
  expect(joinedEntry(one, other)).toMatchObject({
    recordedMs: midnight,
    weightKg: 66.04,
    sex: "female",
    polar: { weight_source: "SOURCE_MEASURED", typical_day: "X" },
  });
  expect(joinedEntry(weighed(0, 66), weighed(0, 67)).weightKg).toBe(67);
});

test("a day is the same whatever the order in which its summaries come", () => {
  const maybe = fc.option(fc.nat({ max: 5 }), { nil: null });
  const day: fc.Arbitrary<DailyActivity> = fc.record({
    date: fc.constant("2026-11-20"),
    steps: maybe,
    caloriesKcal: maybe,
    activeCaloriesKcal: maybe,
    activeS: maybe,
    inactiveS: maybe,
    goalPercent: maybe,
    polar: fc.record({
      inactivityAlerts: maybe,
      distanceFromStepsM: maybe,
      zoneS: fc.option(fc.array(fc.nat({ max: 3 }), { minLength: 6, maxLength: 6 }), { nil: null }),
    }),
  });
  fc.assert(
    fc.property(day, day, day, (a, b, c) => {
      expect(grownDay(a, b)).toEqual(grownDay(b, a));
      expect(grownDay(grownDay(a, b), c)).toEqual(grownDay(a, grownDay(b, c)));
      expect(grownDay(a, a)).toEqual(a);
    }),
  );
});

test("every range holds its ends and nothing that is no number", () => {
  for (const quantity of Object.keys(PLAUSIBLE) as Quantity[]) {
    const [min, max] = PLAUSIBLE[quantity];
    expect(min).toBeLessThan(max);
    for (const value of [min, max]) expect(isPlausible(quantity, value)).toBe(true);
    for (const value of [Number.NaN, Infinity, -Infinity, max + 1, min - 1])
      expect(isPlausible(quantity, value)).toBe(false);
  }
  expect(PLAUSIBLE).toMatchObject({ rmssdMs: [1, 1000], heartRateBpm: [20, 250] });
});
