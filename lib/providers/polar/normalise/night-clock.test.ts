import { expect, test } from "vitest";
import { normaliseNight } from "./night";
import { clockChange, elapsedMinutes, firstMinute } from "./night-clock";
import { normaliseSleep } from "./sleep";

const fetchedAt = "2026-12-01T00:00:00.000Z";

function sleepOf(start: string, end: string, hypnogram: Record<string, number>) {
  const date = end.slice(0, 10);
  return normaliseSleep({ date, sleep_start_time: start, sleep_end_time: end, hypnogram }, fetchedAt)
    .values[0];
}

test("times after midnight follow those before it, in whatever order they come", () => {
  const night = { "00:31": 2, "23:12": 3, "06:58": 0 };
  expect(sleepOf("2026-11-19T23:12:33+02:00", "2026-11-20T07:05:03+02:00", night)?.hypnogram).toEqual([
    [0, "light"],
    [79, "light"],
    [466, "awake"],
  ]);
});

test("in spring the hour that the clock skips has not passed (Helsinki, 29 March 2026)", () => {
  const sleep = sleepOf("2026-03-28T23:00:00+02:00", "2026-03-29T08:00:00+03:00", {
    "23:00": 3,
    "02:30": 4,
    "04:30": 1,
  });
  expect(sleep?.hypnogram).toEqual([
    [0, "light"],
    [210, "deep"],
    [270, "rem"],
  ]);
});

test("in autumn the hour that comes twice has passed twice (Helsinki, 25 October 2026)", () => {
  const sleep = sleepOf("2026-10-24T23:00:00+03:00", "2026-10-25T07:00:00+02:00", {
    "23:00": 3,
    "02:30": 4,
    "05:00": 1,
  });
  expect(sleep?.hypnogram).toEqual([
    [0, "light"],
    [210, "deep"],
    [420, "rem"],
  ]);
});

test("elsewhere the clock changes at two (New York, 8 March 2026)", () => {
  const sleep = sleepOf("2026-03-07T23:00:00-05:00", "2026-03-08T07:00:00-04:00", { "01:30": 4, "03:30": 1 });
  expect(sleep?.hypnogram).toEqual([
    [150, "deep"],
    [210, "rem"],
  ]);
});

test("a journey across several zones is no clock change", () => {
  const across = { startDate: "2026-05-01", endDate: "2026-05-02", startOffset: 120, endOffset: -240 };
  expect(clockChange(across)).toBeNull();
});

test("a sample just before falling asleep comes before the night's start", () => {
  expect(elapsedMinutes(23 * 60 + 10, { startMinute: 23 * 60 + 12, change: null })).toBe(-2);
});

test("a series begins after the longest silence around the clock", () => {
  expect(firstMinute([2, 1422, 1427])).toBe(1422);
  expect(firstMinute([40, 45, 50])).toBe(40);
});

test.each([
  ["before midnight", { "23:42": 48, "00:02": 63 }, "2026-11-19T23:42"],
  ["after midnight", { "00:41": 14, "04:36": 15 }, "2026-11-20T00:41"],
  ["early in the evening, all before midnight", { "19:30": 50, "23:25": 51 }, "2026-11-19T19:30"],
  ["by day, after a night shift", { "12:40": 50, "16:30": 51 }, "2026-11-20T12:40"],
])("a recharge window that begins %s", (_, hrv_samples, startsAt) => {
  const night = normaliseNight({ date: "2026-11-20", hrv_samples }, fetchedAt).values[0];
  expect(night?.rmssdSeries?.startsAt).toBe(startsAt);
});
