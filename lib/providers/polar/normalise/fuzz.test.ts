import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { isPlausible } from "@/lib/wearables/plausible";
import { anythingLike } from "@/tests/support/anything-like";
import {
  activityDaySchema,
  activitySummarySchema,
  cardioLoadSchema,
  heartRateDaySchema,
} from "../schemas/day";
import { exerciseSchema } from "../schemas/exercise";
import {
  alertnessSchema,
  bedtimeSchema,
  bodyTemperatureSchema,
  ecgSchema,
  skinContactSchema,
  skinTemperatureSchema,
  spo2Schema,
} from "../schemas/measurement";
import { nightlyRechargeSchema, sleepSchema } from "../schemas/night";
import { physicalSchema } from "../schemas/physical";
import { type NormalisedPayload, normalisePayload, type Resource } from "./payload";

const SCHEMAS = {
  "nightly-recharge": nightlyRechargeSchema,
  sleep: sleepSchema,
  "cardio-load-day": cardioLoadSchema,
  "transaction-exercise": exerciseSchema,
  exercise: exerciseSchema,
  "transaction-activity": activitySummarySchema,
  "activity-day": activityDaySchema,
  "physical-info": physicalSchema,
  "heart-rate-day": heartRateDaySchema,
  alertness: alertnessSchema,
  "circadian-bedtime": bedtimeSchema,
  "body-temperature": bodyTemperatureSchema,
  "skin-temperature": skinTemperatureSchema,
  "skin-contact": skinContactSchema,
  ecg: ecgSchema,
  spo2: spo2Schema,
} satisfies Record<Resource, z.ZodType>;

const fetchedAt = "2026-11-21T06:00:00.000Z";

/** Numbers, and text that a database column of a time or date takes: nothing that JSON would turn into null. */
function expectStorable(value: unknown, path: string): void {
  if (typeof value === "number") expect(Number.isFinite(value), path).toBe(true);
  if (typeof value === "string") expect(value.isWellFormed() && !value.includes("\u0000"), path).toBe(true);
  if (value !== null && typeof value === "object")
    for (const [key, inner] of Object.entries(value)) expectStorable(inner, `${path}.${key}`);
  if (/(recorded|start|end|uploaded)At$/.test(path) && value !== null)
    expect(new Date(String(value)).toISOString()).toBe(value);
}

/** Columns that hold whole numbers. */
const WHOLE =
  /^(heartRate(Max|Rest)?(Avg)?Bpm|.*ThresholdBpm|steps|.*Kcal|activeS|inactiveS|.*Status|asleepS|interruptedS|lightS|deepS|remS|unknownS|utcOffsetMinutes|durationMs)$/;
const FRACTIONS_ALLOWED: Partial<Record<NormalisedPayload["kind"], string[]>> = {
  night: ["heartRateBpm"],
  workout: ["energyKcal"],
};

describe.each(Object.entries(SCHEMAS) as [Resource, z.ZodType][])("%s", (resource, schema) => {
  test("whatever its schema lets through is read without an error, a NaN or an infinity", () => {
    fc.assert(
      fc.property(anythingLike(schema), (payload) => {
        const read = normalisePayload({ resource, body: JSON.stringify(payload), fetchedAt });
        expect(read.rejected.map((one) => one.reason)).not.toContain("parser-failed");
        if (read.kind === "nothing") return;
        for (const value of read.values) {
          expectStorable(value, read.kind);
          for (const [key, inner] of Object.entries(value))
            if (WHOLE.test(key) && inner !== null && !FRACTIONS_ALLOWED[read.kind]?.includes(key))
              expect(Number.isInteger(inner), `${key} ${inner}`).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("what is read twice is read alike, and a payload without values says why", () => {
    fc.assert(
      fc.property(anythingLike(schema), (payload) => {
        const body = JSON.stringify(payload);
        const read = normalisePayload({ resource, body, fetchedAt });
        expect(normalisePayload({ resource, body, fetchedAt })).toEqual(read);
        const found = read.kind === "nothing" ? 0 : read.values.length;
        expect(found > 0 || read.rejected.length > 0).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

test("no heart rate, RMSSD or breathing rate that is kept lies outside of its range", () => {
  fc.assert(
    fc.property(anythingLike(nightlyRechargeSchema), (payload) => {
      const read = normalisePayload({
        resource: "nightly-recharge",
        body: JSON.stringify(payload),
        fetchedAt,
      });
      if (read.kind !== "night") return;
      for (const night of read.values) {
        if (night.rmssdMs !== null) expect(isPlausible("rmssdMs", night.rmssdMs)).toBe(true);
        for (const [, ms] of night.rmssdSeries?.points ?? [])
          if (ms !== null) expect(isPlausible("rmssdMs", ms)).toBe(true);
        if (night.heartRateBpm !== null) expect(isPlausible("heartRateBpm", night.heartRateBpm)).toBe(true);
      }
    }),
  );
});
