import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type NormalisedPayload, normalisePayload, type Resource } from "./payload";

const folder = fileURLToPath(new URL("../../../../tests/samples/accesslink/", import.meta.url));
const fetchedAt = "2026-01-01T00:00:00.000Z";

/** The sample's item, or the first one of its list. */
function sample(name: string): unknown {
  const json = JSON.parse(readFileSync(`${folder}${name}.json`, "utf8"));
  const list = json.nights ?? json.recharges ?? json;
  return Array.isArray(list) ? list[0] : list;
}

function normalised(resource: Resource, json: unknown): { value: unknown; rejected: unknown[] } {
  const result = normalisePayload({ resource, body: JSON.stringify(json), fetchedAt });
  return { value: (result as NormalisedPayload).values?.[0], rejected: result.rejected };
}

test("a night of sleep: stages, charge, hypnogram; efficiency is derived", () => {
  const { value, rejected } = normalised("sleep", sample("sleep-list-openapi"));
  expect(rejected).toEqual([]);
  expect(value).toMatchObject({
    date: "2020-01-01",
    startAt: "2019-12-31T21:39:07.000Z",
    endAt: "2020-01-01T06:19:37.000Z",
    utcOffsetMinutes: 180,
    asleepS: 3000,
    interruptedS: 1000,
    efficiency: 3000 / 31_230,
    deviceId: "1111AAAA",
    hypnogram: [
      [0, "light"],
      [11, "light"],
      [44, "unknown"],
    ],
    heartRate: {
      startsAt: "2020-01-01T00:41",
      points: [
        [0, 76],
        [5, 77],
        [10, 76],
      ],
    },
    polar: { continuity: 2.1, sleepScore: 80, sleepCharge: 3, sleepCycles: 6, shortInterruptionS: 500 },
  });
});

test("a Nightly Recharge: RMSSD, ANS charge, five-minute series", () => {
  const { value, rejected } = normalised("nightly-recharge", sample("nightly-recharge-list-openapi"));
  expect(rejected).toEqual([]);
  expect(value).toEqual({
    date: "2020-01-01",
    metric: "rmssd-night-window",
    rmssdMs: 28,
    heartRateBpm: 70,
    beatToBeatMs: 816,
    breathingPerMin: 14.1,
    ansCharge: 0,
    ansChargeStatus: 3,
    rechargeStatus: 3,
    rmssdSeries: {
      startsAt: "2020-01-01T00:41",
      points: [
        [0, 14],
        [5, 14],
        [10, 15],
      ],
    },
    breathingSeries: {
      startsAt: "2020-01-01T00:39",
      points: [
        [0, 13.4],
        [5, 13.5],
        [10, 13.5],
      ],
    },
  });
});

test("cardio load: the documented spelling of a level and the live one mean the same", () => {
  const { value, rejected } = normalised("cardio-load-day", sample("cardio-load-list-openapi"));
  expect(rejected).toEqual([]);
  expect(value).toMatchObject({
    date: "2023-01-01",
    cardioLoad: 0.2,
    strain: 0.3,
    tolerance: 0.4,
    polar: { status: "DETRAINING", ratio: 0.1, levels: { veryHigh: 0.1 } },
  });
});

test("cardio load: a day without any is all null, not -1 and not 0", () => {
  const { value } = normalised("cardio-load-day", sample("cardio-load-live-polarflowapi"));
  expect(value).toMatchObject({
    cardioLoad: null,
    strain: null,
    tolerance: null,
    polar: { ratio: null, levels: null },
  });
});

test("a session is the same from a transaction and from the plain collection", () => {
  const transaction = normalised("transaction-exercise", sample("exercise-transactional-openapi"));
  const plain = normalised("exercise", sample("exercise-hashid-all-options-openapi"));
  expect([...transaction.rejected, ...plain.rejected]).toEqual([]);
  const common = {
    date: "2008-10-13",
    startAt: "2008-10-13T07:40:02.000Z",
    utcOffsetMinutes: 180,
    energyKcal: 530,
    heartRateAvgBpm: 129,
    heartRateMaxBpm: 147,
    cardioLoad: 1,
    deviceId: "1111AAAA",
  };
  expect(transaction.value).toMatchObject({
    ...common,
    polarTransactionItemId: 1937529874,
    polarHashId: null,
    durationMs: 9_885_000,
    sport: "running",
    samples: [],
    polar: { runningIndex: 51, muscleLoad: 1, userRpe: "RPE_NONE" },
  });
  expect(plain.value).toMatchObject({
    ...common,
    polarTransactionItemId: null,
    polarHashId: "2AC312F",
    sport: "waterski",
    zones: [{ index: 1, lowerBpm: 110, upperBpm: 130, inZoneS: 4 }],
    route: [{ latitude: 60.21982833, longitude: 25.13925, offsetS: 210.026 }],
    polar: { runningIndex: 51, sport: "WATERSPORTS_WATERSKI" },
  });
  expect((plain.value as { samples: unknown[] }).samples[0]).toMatchObject({
    kind: "speed",
    recordingRateS: 5,
  });
});

test("a day of activity, from a transaction and from the plain collection", () => {
  expect(normalised("transaction-activity", sample("activity-transactional-openapi"))).toEqual({
    rejected: [],
    value: {
      date: "2010-12-31",
      steps: 250,
      caloriesKcal: 2329,
      activeCaloriesKcal: 428,
      activeS: 9840,
      inactiveS: null,
      goalPercent: null,
      polar: { inactivityAlerts: null, distanceFromStepsM: null, zoneS: null },
    },
  });
  const { value } = normalised("activity-day", sample("activity-openapi"));
  expect(value).toMatchObject({
    date: "2025-08-13",
    steps: 8823,
    goalPercent: 89.1,
    activeS: 11_460,
    inactiveS: 66_210,
  });
});

test("body data, from a transaction and from the plain resource", () => {
  expect(normalised("physical-info", sample("physical-info-transactional-openapi")).value).toMatchObject({
    recordedAt: "2016-04-27T20:11:33.000Z",
    weightKg: 80,
    vo2Max: 12,
    polar: { weight_source: "SOURCE_MEASURED" },
  });
  expect(normalised("physical-info", sample("physical-info-openapi")).value).toMatchObject({
    recordedAt: "2024-06-10T12:00:00.000Z",
    sex: "male",
    heartRateMaxBpm: 190,
    polar: { training_background: "REGULAR", sleep_goal: "PT8H" },
  });
});

test("heart rate outside sessions", () => {
  const { value } = normalised("heart-rate-day", sample("continuous-heart-rate-date-openapi"));
  expect(value).toEqual({
    date: "2022-09-12",
    points: [
      [128, 63],
      [428, 62],
    ],
  });
});

test.each([
  ["alertness", "sleepwise-alertness-item-openapi", { date: "2022-11-20", values: { grade: 9.9 } }],
  ["circadian-bedtime", "sleepwise-circadian-bedtime-item-openapi", { date: "2022-11-20" }],
  [
    "body-temperature",
    "biosensing-bodytemperature-item-openapi",
    { values: { samplesCelsius: [[123, 36.5]] } },
  ],
  ["skin-temperature", "biosensing-skintemperature-item-openapi", { date: "2023-10-20" }],
  ["skin-contact", "biosensing-skincontacts-item-openapi", { values: { contactChanges: [[123, 1]] } }],
  ["ecg", "biosensing-ecg-item-openapi", { deviceId: "1111AAAA" }],
  [
    "spo2",
    "biosensing-spo2-item-openapi",
    { recordedAt: "2023-10-20T07:34:16.000Z", values: { bloodOxygenPercent: 95 } },
  ],
] as const)("%s", (resource, name, expected) => {
  const { value, rejected } = normalised(resource, sample(name));
  expect(rejected).toEqual([]);
  expect(value).toMatchObject({ kind: resource, ...expected });
});
