import { describe, expect, test } from "vitest";
import type { History } from "@/db/queries/histories";
import { civilDateOf, epochDayOf } from "@/lib/time/civil-date";
import { EMPTY_HISTORY } from "@/tests/support/readiness/empty-history";
import { dayInputsOf } from "./inputs";

const first = epochDayOf("2026-03-01");

const loadsOf = (history: Partial<History>, lastDay: number) =>
  dayInputsOf({ ...EMPTY_HISTORY, ...history }, lastDay).map((day) => day.load);

test("an athlete without anything has today, empty", () => {
  expect(dayInputsOf(EMPTY_HISTORY, first)).toEqual([{ date: "2026-03-01", rmssdMs: null, load: null }]);
});

test("every calendar day from the first datum to today is there, whatever the order of arrival", () => {
  const days = dayInputsOf(
    {
      ...EMPTY_HISTORY,
      nights: { days: [first + 2, first], rmssdMs: [61, 60], heartRateBpm: [] },
      sessions: { days: [first - 1], load: [null] },
    },
    first + 3,
  );
  expect(days.map((day) => [day.date, day.rmssdMs])).toEqual([
    ["2026-02-28", null],
    ["2026-03-01", 60],
    ["2026-03-02", null],
    ["2026-03-03", 61],
    ["2026-03-04", null],
  ]);
});

test("a day is a known 0 once a later night is stored, unless it has a session", () => {
  const nights = { days: [first, first + 3], rmssdMs: [60, null], heartRateBpm: [] };
  expect(loadsOf({ nights, sessions: { days: [first + 1], load: [null] } }, first + 4)).toEqual([
    0,
    null,
    0,
    null,
    null,
  ]);
});

test("a summary of the day makes it a known 0 on the day itself, a session with no load leaves it unknown", () => {
  expect(
    loadsOf({ summaryDays: [first, first + 1], sessions: { days: [first + 1], load: [null] } }, first + 1),
  ).toEqual([0, null]);
});

test("what Polar gives counts as it stands, and a day that Polar could not judge falls back to the rule", () => {
  const loads = { days: [first, first + 1, first + 2], load: [70, 0, null] };
  expect(loadsOf({ loads, sessions: { days: [first + 2], load: [null] } }, first + 2)).toEqual([70, 0, null]);
  expect(loadsOf({ loads, summaryDays: [first + 2] }, first + 2)).toEqual([70, 0, 0]);
});

test("a night of tomorrow, seen from the squad's zone, neither appears nor makes today a rest day", () => {
  const days = dayInputsOf(
    { ...EMPTY_HISTORY, nights: { days: [first, first + 2], rmssdMs: [60, 61], heartRateBpm: [] } },
    first + 1,
  );
  expect(days.map((day) => [day.rmssdMs, day.load])).toEqual([
    [60, null],
    [null, null],
  ]);
});

test("devices, confirmations and exclusions stand at their days", () => {
  const days = dayInputsOf(
    {
      ...EMPTY_HISTORY,
      nights: { days: [first, first + 1], rmssdMs: [60, 61], heartRateBpm: [] },
      devices: { days: [first], deviceIds: ["A1"], utcOffsetMinutes: [120] },
      confirmedDays: [first + 1],
      excludedDays: { days: [first, first + 1], tags: ["sick", null] },
    },
    first + 1,
  );
  expect(days[0]).toMatchObject({ date: civilDateOf(first), deviceId: "0", excluded: "sick" });
  expect(days[1]).toMatchObject({ confirmed: true, excluded: "excluded" });
});

test("each day has the reading of the source chosen for it, and days before the first choice keep their nights", () => {
  const days = dayInputsOf(
    {
      ...EMPTY_HISTORY,
      nights: { days: [first, first + 1, first + 2, first + 3], rmssdMs: [60, 61, 62, 63], heartRateBpm: [] },
      mornings: {
        days: [first, first + 1, first + 3],
        rmssdMs: [80, 81, 83],
        heartRateBpm: [],
        deviceIds: [null, null, null],
      },
      sourceChoices: { days: [first + 3, first + 1], sources: ["nightly", "morning"] },
    },
    first + 3,
  );
  expect(days.map(({ source, rmssdMs }) => [source, rmssdMs])).toEqual([
    ["nightly", 60],
    ["morning", 81],
    ["morning", null],
    ["nightly", 63],
  ]);
});

test("a strap in the morning is no change of the watch at night, another strap is one", () => {
  const days = dayInputsOf(
    {
      ...EMPTY_HISTORY,
      devices: { days: [first, first + 1], deviceIds: ["watch", "watch"], utcOffsetMinutes: [0, 0] },
      mornings: {
        days: [first + 1, first + 2, first + 3],
        rmssdMs: [80, 81, 82],
        heartRateBpm: [],
        deviceIds: [null, "strap", "other strap"],
      },
      sourceChoices: { days: [first + 1], sources: ["morning"] },
    },
    first + 3,
  );
  expect(days.map(({ deviceId }) => deviceId)).toEqual(["0", undefined, "0", "1"]);
});

describe("nights of another source, or measured another way", () => {
  const days = [first, first + 1, first + 2, first + 3];
  const nights = { days, rmssdMs: [60, 61, 62, 63], heartRateBpm: [] };
  const watches = { days, deviceIds: ["watch", "watch", "watch", "watch"], utcOffsetMinutes: [0, 0, 0, 0] };
  const devicesOf = (history: Partial<typeof EMPTY_HISTORY>) =>
    dayInputsOf({ ...EMPTY_HISTORY, nights, devices: watches, ...history }, first + 3).map(
      ({ deviceId }) => deviceId,
    );

  test("one source and one way of measuring is one device", () => {
    expect(devicesOf({})).toEqual(["0", "0", "0", "0"]);
  });

  test("another source begins another device, and so does the way back", () => {
    const otherNights = {
      days: [first + 1, first + 2],
      sourceIds: [2, 2],
      metrics: ["rmssd-night-window" as const, "rmssd-night-window" as const],
    };
    const otherDevices = { days: [first + 1, first + 2], sourceIds: [2, 2] };
    expect(devicesOf({ otherNights, otherDevices })).toEqual(["0", "1", "1", "2"]);
  });

  test("the mean of the whole night is not compared with a window of it", () => {
    const metrics = ["rmssd-night-mean" as const, "rmssd-night-mean" as const];
    expect(devicesOf({ otherNights: { days: [first + 2, first + 3], sourceIds: [1, 1], metrics } })).toEqual([
      "0",
      "0",
      "1",
      "1",
    ]);
  });

  test("the watch of another source's sleep tells nothing of the night", () => {
    const devices = { ...watches, deviceIds: ["watch", "ring", "ring", "watch"] };
    const otherDevices = { days: [first + 1, first + 2], sourceIds: [2, 2] };
    expect(devicesOf({ devices, otherDevices })).toEqual(["0", undefined, undefined, "0"]);
  });

  test("a change of source is seen where no device is known", () => {
    const otherNights = { days: [first + 2], sourceIds: [2], metrics: ["rmssd-night-mean" as const] };
    const devices = { ...watches, deviceIds: [null, null, null, null] };
    expect(devicesOf({ devices, otherNights })).toEqual(["0", "0", "1", "2"]);
  });
});

test("a night reported from seven zones away labels seven days, but for those a coach took back", () => {
  const days = dayInputsOf(
    {
      ...EMPTY_HISTORY,
      devices: { days: [first, first + 1], deviceIds: [null, null], utcOffsetMinutes: [120, -300] },
      sessionOffsets: { days: [first, first + 9], utcOffsetMinutes: [-300, 120] },
      sessions: { days: [first, first + 9], load: [null, null] },
      notTravelDays: [first + 2],
    },
    first + 16,
  );
  const labelled = days.flatMap((day, i) => (day.travel ? [i] : []));
  expect(labelled).toEqual([1, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15]);
});

test("a kind that is summed over sessions is known when all of the day's sessions carry it", () => {
  const sessions = { days: [first, first, first + 1, first + 1], load: [60, 40, 80, null] };
  const nights = { days: [first + 3], rmssdMs: [null], heartRateBpm: [] };
  expect(loadsOf({ sessions, nights }, first + 3)).toEqual([100, null, 0, null]);
  const noLoads = { days: [first, first + 1], load: [null, null] };
  expect(loadsOf({ sessions, nights, loads: noLoads }, first + 3)).toEqual([100, null, 0, null]);
});

test("weeks of 0 before anything came from the athlete's devices are no rest: the history begins with the first data", () => {
  const zeros = Array.from({ length: 28 }, (_, i) => first + i);
  const nights = { days: [first + 28, first + 29], rmssdMs: [60, 61], heartRateBpm: [48, null] };
  const days = dayInputsOf(
    { ...EMPTY_HISTORY, nights, loads: { days: [...zeros, first + 28], load: [...zeros.map(() => 0), 0] } },
    first + 30,
  );
  expect(days.map(({ date, load }) => [date, load])).toEqual([
    ["2026-03-29", 0],
    ["2026-03-30", null],
    ["2026-03-31", null],
  ]);
  expect(days.map(({ heartRateBpm }) => heartRateBpm)).toEqual([48, undefined, undefined]);
  const onlyZeros = { loads: { days: zeros, load: zeros.map(() => 0) } };
  expect(loadsOf(onlyZeros, first + 27)).toEqual([null]);
});

test("a load above 0 is the athlete's data wherever it stands, and what follows it is known as ever", () => {
  const loads = { days: [first, first + 1, first + 2, first + 3], load: [0, 90, 0, null] };
  expect(dayInputsOf({ ...EMPTY_HISTORY, loads }, first + 3).map(({ date, load }) => [date, load])).toEqual([
    ["2026-03-02", 90],
    ["2026-03-03", 0],
    ["2026-03-04", null],
  ]);
});
