import { expect, test } from "vitest";
import { normalisePayload } from "../normalise/payload";
import { dateOf, readDuration, readTime, secondOfDay, utcMs } from "./time";

const fetchedAt = "2026-11-21T06:00:00.000Z";

test.each([
  ["2008-10-13T10:40:02", "2008-10-13T10:40:02.000Z", null],
  ["2008-10-13T10:40", "2008-10-13T10:40:00.000Z", null],
  ["2008-10-13T10:40:02.000Z", "2008-10-13T10:40:02.000Z", 0],
  ["2008-10-13T10:40:0.000Z", "2008-10-13T10:40:00.000Z", 0],
  ["2022-11-20T20:52:20.57", "2022-11-20T20:52:20.570Z", null],
  ["2022-11-20T20:52:20,123456", "2022-11-20T20:52:20.123Z", null],
  ["2020-01-01T00:39:07+03:00", "2019-12-31T21:39:07.000Z", 180],
  ["2020-01-01T00:39:07+0300", "2019-12-31T21:39:07.000Z", 180],
  ["2020-01-01T00:39-03", "2020-01-01T03:39:00.000Z", -180],
  ["2020-01-01 00:39:07", "2020-01-01T00:39:07.000Z", null],
  ["2019-12-31T24:00:00", "2020-01-01T00:00:00.000Z", null],
])("%s is read", (text, instant, offsetMinutes) => {
  const time = readTime(text);
  expect(time && new Date(utcMs(time)).toISOString()).toBe(instant);
  expect(time?.offsetMinutes).toBe(offsetMinutes);
});

test.each([
  "",
  "10:40",
  "2026-02-30T10:00",
  "2026-01-01T25:00",
  "2026-01-01T10:60",
  "0000-01-01T00:00",
  "2026-01-01T10:00+19:00",
  "at nine",
])("%j is no time", (text) => {
  expect(readTime(text)).toBeNull();
});

test.each([
  ["PT1H13M32.189S", 4_412_189],
  ["PT4412.189S", 4_412_189],
  ["PT4412S", 4_412_000],
  ["PT73M", 4_380_000],
  ["PT1.5H", 5_400_000],
  ["PT1,5H", 5_400_000],
  ["P1DT1H", 90_000_000],
  ["P1W", 604_800_000],
  ["P0000-00-00T01:13:32", 4_412_000],
  ["-PT5M", -300_000],
  ["PT-5M", -300_000],
  ["PT0S", 0],
])("the duration %s is read", (text, ms) => {
  expect(readDuration(text)).toBe(ms);
});

test.each(["", "P", "PT", "1:13:32", "one hour", "PT1H13"])("%j is no duration", (text) => {
  expect(readDuration(text)).toBeNull();
});

test("a clock may have seconds and fractions", () => {
  expect(secondOfDay("12:37:33.000")).toBe(45_453);
  expect(secondOfDay("00:02")).toBe(120);
  expect(secondOfDay("24:10")).toBeNull();
});

const session = { id: "0LYLpB8g", start_time_utc_offset: 180, duration: "PT1H" };

test.each([
  ["2026-11-20T10:40:02", "2026-11-20T07:40:02.000Z", 180],
  ["2026-11-20T10:40", "2026-11-20T07:40:00.000Z", 180],
  ["2026-11-20T10:40:02.000Z", "2026-11-20T07:40:02.000Z", 180],
  ["2026-11-20T10:40:02+00:00", "2026-11-20T07:40:02.000Z", 180],
  ["2026-11-20T10:40:02+02:00", "2026-11-20T08:40:02.000Z", 120],
])("a session that starts at %s began at its wall clock less its offset", (start_time, startAt, offset) => {
  const body = JSON.stringify({ ...session, start_time });
  const read = normalisePayload({ resource: "exercise", body, fetchedAt });
  expect(read).toMatchObject({
    values: [{ startAt, utcOffsetMinutes: offset, date: "2026-11-20" }],
    rejected: [],
  });
});

test.each([
  ["alertness", { period_start_time: "2026-11-19T20:52:20.57Z", sleep_timezone_offset_minutes: 240 }],
  ["alertness", { period_start_time: "2026-11-19T20:52:20.57", sleep_timezone_offset_minutes: 240 }],
  [
    "circadian-bedtime",
    { period_start_time: "2026-11-20T00:52:20.57+04:00", sleep_timezone_offset_minutes: 240 },
  ],
])("a period of %s is UTC with and without a Z: %o", (resource, payload) => {
  const read = normalisePayload({ resource, body: JSON.stringify(payload), fetchedAt });
  expect(read).toMatchObject({ values: [{ recordedAt: "2026-11-19T20:52:20.570Z", date: "2026-11-20" }] });
});

test("a day of activity with a Z is the device's day", () => {
  const samples = {
    activity_zones: {
      samples: [
        { zone: "SLEEP", timestamp: "2026-11-20T00:00:00.000Z" },
        { zone: "LIGHT", timestamp: "2026-11-20T07:00:00.000Z" },
      ],
    },
  };
  const day = { start_time: "2026-11-20T00:00:00.000Z", end_time: "2026-11-20T23:59:00.000Z", samples };
  const read = normalisePayload({ resource: "activity-day", body: JSON.stringify(day), fetchedAt });
  expect(read).toMatchObject({
    values: [{ date: "2026-11-20", polar: { zoneS: [25_200, 0, 61_140, 0, 0, 0] } }],
    rejected: [],
  });
});

test("a sleep without a zone is kept as it is written and noted", () => {
  const bed = {
    date: "2026-11-20",
    sleep_start_time: "2026-11-19T23:12",
    sleep_end_time: "2026-11-20T07:05",
  };
  const read = normalisePayload({ resource: "sleep", body: JSON.stringify(bed), fetchedAt });
  expect(read).toMatchObject({
    values: [{ startAt: "2026-11-19T23:12:00.000Z", utcOffsetMinutes: 0 }],
    rejected: [{ path: "sleep_start_time", reason: "missing-offset" }, { path: "sleep_end_time" }],
  });
});

test("the day that a time names is its wall clock's", () => {
  const time = readTime("2026-11-20T00:30:00+02:00");
  expect(time && dateOf(time)).toBe("2026-11-20");
});

test.each([
  [
    "nightly-recharge",
    { date: "2026-11-20", heart_rate_variability_avg: 99_999 },
    "heart_rate_variability_avg",
  ],
  ["nightly-recharge", { date: "2026-11-20", heart_rate_avg: 19 }, "heart_rate_avg"],
  ["nightly-recharge", { date: "2026-11-20", breathing_rate_avg: 139 }, "breathing_rate_avg"],
  ["nightly-recharge", { date: "2026-11-20", ans_charge: 11 }, "ans_charge"],
  ["nightly-recharge", { date: "2026-11-20", hrv_samples: { "23:42": 5000 } }, "hrv_samples.23:42"],
  ["cardio-load-day", { date: "2026-11-20", cardio_load: 99_999 }, "cardio_load"],
  ["activity-day", { start_time: "2026-11-20T00:00", steps: 9_999_999 }, "steps"],
  ["activity-day", { start_time: "2026-11-20T00:00", active_duration: "P9D" }, "active_duration"],
  ["physical-info", { created: "2026-11-20T05:00:00Z", weight: 6600 }, "weight"],
  ["physical-info", { created: "2026-11-20T05:00:00Z", height: 1.7 }, "height"],
  ["physical-info", { created: "2026-11-20T05:00:00Z", vo2_max: 999 }, "vo2_max"],
  ["exercise", { ...session, start_time: "2026-11-20T10:40", distance: 9e9 }, "distance"],
  [
    "exercise",
    { ...session, start_time: "2026-11-20T10:40", heart_rate: { maximum: 999 } },
    "heart_rate.maximum",
  ],
  ["exercise", { ...session, start_time: "2026-11-20T10:40", fat_percentage: 120 }, "fat_percentage"],
  ["spo2", { test_time: 1_763_600_000, blood_oxygen_percent: 120 }, "blood_oxygen_percent"],
  [
    "skin-temperature",
    { sleep_date: "2026-11-20", sleep_time_skin_temperature_celsius: 340 },
    "sleep_time_skin_temperature_celsius",
  ],
  [
    "heart-rate-day",
    { date: "2026-11-20", heart_rate_samples: [{ heart_rate: 999, sample_time: "00:02:08" }] },
    "heart_rate_samples[0]",
  ],
])("a value that cannot be true is set aside alone: %s %o", (resource, payload, path) => {
  const read = normalisePayload({ resource, body: JSON.stringify(payload), fetchedAt });
  expect(read.rejected).toContainEqual({ path, reason: "out-of-range" });
  expect(read.kind !== "nothing" && read.values).toHaveLength(1);
});
