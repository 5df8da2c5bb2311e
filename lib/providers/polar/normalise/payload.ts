import type {
  DailyActivity,
  DailyLoad,
  HeartRateDay,
  Measurement,
  MeasurementKind,
  Night,
  Normalised,
  PhysicalInfo,
  Rejected,
  Sleep,
  Workout,
} from "@/lib/wearables/types";
import { storable } from "../schemas/storable";
import { normaliseActivityDay, normaliseActivitySummary } from "./daily-activity";
import { normaliseDailyLoad } from "./daily-load";
import { normaliseHeartRateDay } from "./heart-rate-day";
import { normaliseMeasurement } from "./measurement";
import { normaliseNight } from "./night";
import { normalisePhysicalInfo } from "./physical-info";
import { normaliseSleep } from "./sleep";
import { normaliseWorkout } from "./workout";

/**
 * Raised whenever a normaliser reads more or differently; `npm run reprocess` then rebuilds from the raw payloads.
 * 2: the three group scores of a night's sleep. 3: where the files of a session are. 4: times with a `Z`, every form of
 * duration, a plausible range for every value, naps.
 */
export const PARSER_VERSION = 4;

/** What a raw payload's body is; chooses the normaliser. */
export type Resource =
  | "nightly-recharge"
  | "sleep"
  | "cardio-load-day"
  | "transaction-exercise"
  | "exercise"
  | "transaction-activity"
  | "activity-day"
  | "physical-info"
  | "heart-rate-day"
  | MeasurementKind;

type Of<K extends string, T> = { kind: K } & Normalised<T>;

/** The values of one payload, by kind. */
export type NormalisedPayload =
  | Of<"night", Night>
  | Of<"sleep", Sleep>
  | Of<"daily-load", DailyLoad>
  | Of<"daily-activity", DailyActivity>
  | Of<"workout", Workout>
  | Of<"physical-info", PhysicalInfo>
  | Of<"heart-rate-day", HeartRateDay>
  | Of<"measurement", Measurement>;

type Read = (json: unknown, fetchedAt: string) => NormalisedPayload;

const measurement = (kind: MeasurementKind): Read => {
  return (json, at) => ({ kind: "measurement", ...normaliseMeasurement[kind](json, at) });
};
const workout: Read = (json, at) => ({ kind: "workout", ...normaliseWorkout(json, at) });

const READERS = {
  "nightly-recharge": (json, at) => ({ kind: "night", ...normaliseNight(json, at) }),
  sleep: (json, at) => ({ kind: "sleep", ...normaliseSleep(json, at) }),
  "cardio-load-day": (json, at) => ({ kind: "daily-load", ...normaliseDailyLoad(json, at) }),
  "transaction-exercise": workout,
  exercise: workout,
  "transaction-activity": (json, at) => ({ kind: "daily-activity", ...normaliseActivitySummary(json, at) }),
  "activity-day": (json, at) => ({ kind: "daily-activity", ...normaliseActivityDay(json, at) }),
  "physical-info": (json, at) => ({ kind: "physical-info", ...normalisePhysicalInfo(json, at) }),
  "heart-rate-day": (json, at) => ({ kind: "heart-rate-day", ...normaliseHeartRateDay(json, at) }),
  alertness: measurement("alertness"),
  "circadian-bedtime": measurement("circadian-bedtime"),
  "body-temperature": measurement("body-temperature"),
  "skin-temperature": measurement("skin-temperature"),
  "skin-contact": measurement("skin-contact"),
  ecg: measurement("ecg"),
  spo2: measurement("spo2"),
} satisfies Record<Resource, Read>;

const MAX_REJECTED = 50;

function capped(rejected: Rejected[]): Rejected[] {
  // A value that was taken out is missing in the next round: the first reason is the true one.
  const first = new Map<string, Rejected>();
  for (const { path, reason } of rejected) {
    const named = storable(path);
    if (!first.has(named)) first.set(named, { path: named, reason });
  }
  const unique = [...first.values()];
  if (unique.length <= MAX_REJECTED) return unique;
  const more = unique.length - MAX_REJECTED;
  return [...unique.slice(0, MAX_REJECTED), { path: `… +${more}`, reason: "more-values" }];
}

function jsonOf(body: string): { json: unknown } | null {
  try {
    return { json: JSON.parse(body) };
  } catch {
    return null;
  }
}

export type PayloadText = { resource: string; body: string /** ISO instant */; fetchedAt: string };

/** How a payload's text becomes values; never throws, what cannot be read is listed in `rejected`. */
export type Normalise = (
  payload: PayloadText,
) => NormalisedPayload | { kind: "nothing"; rejected: Rejected[] };

/** Turns one raw payload into provider-neutral values. */
export const normalisePayload: Normalise = ({ resource, body, fetchedAt }) => {
  const read = (READERS as Record<string, Read>)[resource];
  if (!read) return { kind: "nothing", rejected: [{ path: "", reason: "no-parser" }] };
  const parsed = jsonOf(body);
  if (!parsed) return { kind: "nothing", rejected: [{ path: "", reason: "not-json" }] };
  const normalised = read(parsed.json, fetchedAt);
  return { ...normalised, rejected: capped(normalised.rejected) };
};
