import { expect, test } from "vitest";
import { type NormalisedPayload, normalisePayload, type Resource } from "./payload";

const fetchedAt = "2026-11-21T06:00:00.000Z";

function read(resource: Resource, body: string) {
  const result = normalisePayload({ resource, body, fetchedAt });
  const values = (result as NormalisedPayload).values ?? [];
  return {
    value: values[0] as Record<string, unknown> | undefined,
    paths: result.rejected.map((one) => one.path),
  };
}

const night = {
  date: "2026-11-20",
  heart_rate_variability_avg: 61,
  hrv_samples: { "23:42": 48, "00:02": 63 },
};
const sleep = {
  date: "2026-11-20",
  sleep_start_time: "2026-11-19T23:12:33+02:00",
  sleep_end_time: "2026-11-20T07:05:03+02:00",
  light_sleep: 14310,
  deep_sleep: 5160,
  rem_sleep: 6270,
  hypnogram: { "23:12": 3, "00:31": 2 },
};
const session = {
  id: "0LYLpB8g",
  start_time: "2026-11-20T09:20:47",
  start_time_utc_offset: 120,
  duration: "PT1H13M32.189S",
  calories: 812,
  heart_rate: { average: 148, maximum: 171 },
};
const heart = (data: string) => ({
  ...session,
  samples: [{ "recording-rate": 1, "sample-type": "0", data }],
});
const load = { date: "2026-11-20", cardio_load_status: "PRODUCTIVE", cardio_load: 129.4, strain: 61.2 };

type Line = [name: string, resource: Resource, payload: unknown, kept: object | null, rejected: string[]];

const table: Line[] = [
  ["malformed JSON", "sleep", '{"date": "2026-11-2', null, [""]],
  ["JSON that is no object", "sleep", "[1,2]", null, [""]],
  ["null", "nightly-recharge", "null", null, [""]],
  ["a missing date", "nightly-recharge", { heart_rate_variability_avg: 61 }, null, ["date"]],
  [
    "a date that does not exist",
    "nightly-recharge",
    { ...night, date: "2026-02-30" },
    null,
    ["date", "date"],
  ],
  ["a date in the far future", "nightly-recharge", { ...night, date: "2062-11-20" }, null, ["date"]],
  ["a date before there were watches", "sleep", { ...sleep, date: "1970-01-01" }, null, ["date"]],
  [
    "text where a number belongs",
    "nightly-recharge",
    { ...night, heart_rate_avg: "53" },
    { rmssdMs: 61, heartRateBpm: null },
    ["heart_rate_avg"],
  ],
  [
    "an object where a number belongs",
    "nightly-recharge",
    { ...night, ans_charge: {} },
    { rmssdMs: 61, ansCharge: null },
    ["ans_charge"],
  ],
  [
    "a number beyond all measure",
    "cardio-load-day",
    { ...load, strain: 1e300 },
    { cardioLoad: 129.4, strain: null },
    ["strain"],
  ],
  [
    "negative sentinels",
    "cardio-load-day",
    { ...load, tolerance: -1, cardio_load_ratio: -1 },
    { tolerance: null },
    [],
  ],
  [
    "zero sentinels",
    "sleep",
    { ...sleep, sleep_score: 0, continuity: 0, sleep_charge: -1 },
    { asleepS: 25_740 },
    [],
  ],
  ["an RMSSD of 0", "nightly-recharge", { ...night, heart_rate_variability_avg: 0 }, { rmssdMs: null }, []],
  [
    "a key that is no time of day",
    "nightly-recharge",
    { ...night, hrv_samples: { "23:42": 48, noon: 50, "24:10": 3 } },
    { rmssdSeries: { startsAt: "2026-11-19T23:42", points: [[0, 48]] } },
    ["hrv_samples.noon", "hrv_samples.24:10"],
  ],
  [
    "a sample that is no number",
    "nightly-recharge",
    { ...night, hrv_samples: { "23:42": "x", "00:02": 63 } },
    { rmssdSeries: { startsAt: "2026-11-20T00:02", points: [[0, 63]] } },
    ["hrv_samples.23:42"],
  ],
  [
    "an unknown sleep stage",
    "sleep",
    { ...sleep, hypnogram: { "23:12": 3, "00:31": 9 } },
    {
      hypnogram: [
        [0, "light"],
        [79, "unknown"],
      ],
    },
    ["hypnogram.00:31"],
  ],
  [
    "a night that ends before it starts",
    "sleep",
    { ...sleep, sleep_end_time: "2026-11-19T20:00:00+02:00" },
    null,
    ["sleep_end_time"],
  ],
  [
    "an unknown sport",
    "exercise",
    { ...session, detailed_sport_info: "UNDERWATER_HOCKEY" },
    { sport: "underwater-hockey" },
    [],
  ],
  [
    "no offset",
    "exercise",
    { ...session, start_time_utc_offset: undefined },
    { startAt: "2026-11-20T09:20:47.000Z" },
    ["start_time_utc_offset"],
  ],
  [
    "an impossible offset",
    "exercise",
    { ...session, start_time_utc_offset: 90_000 },
    { utcOffsetMinutes: 0 },
    ["start_time_utc_offset", "start_time_utc_offset"],
  ],
  [
    "an unknown cardio load status",
    "cardio-load-day",
    { ...load, cardio_load_status: "NEW_STATUS" },
    { cardioLoad: 129.4, polar: { status: "NEW_STATUS" } },
    [],
  ],
  [
    "an unknown effort",
    "exercise",
    { ...session, training_load_pro: { "cardio-load": 129.4, "user-rpe": "RPE_HEROIC" } },
    { cardioLoad: 129.4, polar: { userRpe: "RPE_HEROIC" } },
    [],
  ],
  ["no duration", "exercise", { ...session, duration: undefined }, null, ["duration"]],
  ["a duration in words", "exercise", { ...session, duration: "one hour" }, null, ["duration", "duration"]],
  [
    "a heart rate that is no object",
    "exercise",
    { ...session, heart_rate: 148 },
    { heartRateAvgBpm: null, energyKcal: 812 },
    ["heart_rate"],
  ],
  [
    "blanks, nulls, zeros in a series",
    "exercise",
    heart("84,,null,NULL,0,88"),
    { samples: [{ kind: "heart-rate", recordingRateS: 1, values: [84, null, null, null, null, 88] }] },
    [],
  ],
  [
    "words in a series",
    "exercise",
    heart("84,x,88"),
    { samples: [{ kind: "heart-rate", recordingRateS: 1, values: [84, null, 88] }] },
    ["samples.heart-rate[1]"],
  ],
  [
    "a second series of a kind",
    "exercise",
    { ...session, samples: [...heart("84").samples, ...heart("99").samples] },
    { samples: [{ kind: "heart-rate", recordingRateS: 1, values: [84] }] },
    ["samples[1]"],
  ],
  [
    "a sample type nobody knows",
    "exercise",
    { ...session, samples: [{ "sample-type": 99, data: "1" }] },
    { samples: [] },
    ["samples[0].sample-type"],
  ],
  [
    "a sample type as a number",
    "exercise",
    { ...session, samples: [{ "recording-rate": null, "sample-type": 11, data: "712,,690" }] },
    { samples: [{ kind: "rr", recordingRateS: null, values: [712, null, 690] }] },
    [],
  ],
  [
    "a zone without limits",
    "exercise",
    {
      ...session,
      heart_rate_zones: [
        { index: 1, "in-zone": "PT4S" },
        { index: 2, "lower-limit": 110, "upper-limit": 130, "in-zone": "PT4S" },
      ],
    },
    { zones: [{ index: 2, lowerBpm: 110, upperBpm: 130, inZoneS: 4 }] },
    ["heart_rate_zones[0].lower_limit", "heart_rate_zones[0].upper_limit"],
  ],
  [
    "muscle load -1",
    "exercise",
    { ...session, training_load_pro: { "cardio-load": 129.4, "muscle-load": -1 } },
    { cardioLoad: 129.4 },
    [],
  ],
  [
    "an unknown activity zone",
    "activity-day",
    {
      start_time: "2026-11-20T00:00",
      end_time: "2026-11-20T23:59",
      steps: 1,
      samples: { activity_zones: { samples: [{ zone: "FLYING", timestamp: "2026-11-20T08:00" }] } },
    },
    { steps: 1 },
    ["samples.activity_zones.FLYING"],
  ],
  [
    "a heart rate without a time",
    "heart-rate-day",
    {
      date: "2026-11-20",
      heart_rate_samples: [
        { heart_rate: 60 },
        { heart_rate: 61, sample_time: "00:05:00" },
        { heart_rate: 0, sample_time: "00:10:00" },
      ],
    },
    { points: [[300, 61]] },
    ["heart_rate_samples[0]"],
  ],
  [
    "duplicate heart rates",
    "heart-rate-day",
    {
      date: "2026-11-20",
      heart_rate_samples: [
        { heart_rate: 60, sample_time: "00:05:00" },
        { heart_rate: 61, sample_time: "00:05:00" },
      ],
    },
    { points: [[300, 61]] },
    [],
  ],
  [
    "a skin temperature of -1000",
    "skin-temperature",
    {
      sleep_date: "2026-11-20",
      sleep_time_skin_temperature_celsius: 34.1,
      deviation_from_baseline_celsius: -1000,
    },
    { values: { skinTemperatureCelsius: 34.1, deviationFromBaselineCelsius: null } },
    [],
  ],
  ["NUL in a text", "exercise", { ...session, device: "Polar\u0000 M400" }, { device: "Polar M400" }, []],
];

test.each(table)("%s (%s)", (_, resource, payload, kept, rejected) => {
  const { value, paths } = read(resource, typeof payload === "string" ? payload : JSON.stringify(payload));
  if (kept === null) expect(value).toBeUndefined();
  else expect(value).toMatchObject(kept);
  expect(paths.toSorted()).toEqual([...new Set(rejected)].toSorted());
});

test("a payload of an unknown kind is set aside", () => {
  expect(normalisePayload({ resource: "tarot", body: "{}", fetchedAt })).toMatchObject({ kind: "nothing" });
});

test("ten megabytes of heart rate are read, and many faults are summed up", () => {
  const samples = Array.from({ length: 250_000 }, (_, i) => ({
    heart_rate: i % 1000 === 0 ? "x" : 60,
    sample_time: new Date(i * 320).toISOString().slice(11, 19),
  }));
  const body = JSON.stringify({ date: "2026-11-20", heart_rate_samples: samples });
  expect(body.length).toBeGreaterThan(10_000_000);
  const { value, paths } = read("heart-rate-day", body);
  expect((value as { points: unknown[] }).points.length).toBe(80_000);
  expect(paths).toHaveLength(51);
}, 60_000);

test.each<[string, Resource, unknown, string]>([
  ["text for a number", "cardio-load-day", { ...load, cardio_load: "129" }, "expected-number"],
  ["a number for text", "cardio-load-day", { ...load, cardio_load_status: 3 }, "expected-string"],
  ["a number for an object", "exercise", { ...session, heart_rate: 148 }, "expected-object"],
  ["a list for an object", "sleep", [1, 2], "expected-object"],
  ["nothing where something must be", "nightly-recharge", { heart_rate_variability_avg: 61 }, "missing"],
  ["no offset", "exercise", { ...session, start_time_utc_offset: undefined }, "missing-offset"],
  ["a number beyond all", "cardio-load-day", { ...load, cardio_load: 1e12 }, "out-of-range"],
  ["a long text", "cardio-load-day", { ...load, cardio_load_status: "x".repeat(501) }, "too-long"],
  ["words for a date", "cardio-load-day", { ...load, date: "yesterday" }, "not-a-date"],
  ["words for a time", "exercise", { ...session, start_time: "at nine" }, "not-a-time"],
  ["words for a duration", "exercise", { ...session, duration: "one hour" }, "not-as-expected"],
  ["a sleep stage nobody knows", "sleep", { ...sleep, hypnogram: { "23:12": 9 } }, "unknown-sleep-stage"],
])("the reason is told by a word of ours: %s", (_name, resource, payload, reason) => {
  const body = JSON.stringify(payload);
  const { rejected } = normalisePayload({ resource, body, fetchedAt });
  expect(rejected[0]?.reason).toBe(reason);
});
