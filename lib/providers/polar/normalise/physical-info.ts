import type { z } from "zod";
import type { Normalised, PhysicalInfo, Sex } from "@/lib/wearables/types";
import { physicalSchema } from "../schemas/physical";
import { dateOf, utcMs } from "../schemas/time";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { snakeKeys } from "./snake-keys";
import { openDoor, text, whole } from "./value";

const POLAR_ONLY = ["weight_source", "training_background", "typical_day", "sleep_goal"] as const;

/** Watches count in single precision: 66.1 comes as 66.0999985 by one channel and as 66.1 by the other. */
const hundredths = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

function sexOf(gender: string | null | undefined): Sex | null {
  const word = gender?.trim().toUpperCase();
  if (word === "FEMALE") return "female";
  return word === "MALE" ? "male" : null;
}

/** What only Polar has; a gender that is neither of the two is kept there as it was written. */
function polarOf(info: z.output<typeof physicalSchema>): Record<string, string> {
  const entries = POLAR_ONLY.flatMap((key) => (info[key] ? [[key, info[key]]] : []));
  const gender = sexOf(info.gender) === null ? text(info.gender) : null;
  return Object.fromEntries(gender ? [...entries, ["gender", gender]] : entries);
}

/**
 * Body data: an entry of a physical information transaction (`created`, UTC with milliseconds), or the current values of
 * the plain resource (`modified`, UTC in whole seconds; its `created` is the first entry's).
 */
export function normalisePhysicalInfo(json: unknown, fetchedAt: string): Normalised<PhysicalInfo> {
  const { value: info, rejected } = readTolerantly(physicalSchema, snakeKeys(json));
  const recorded = info?.modified ?? info?.created;
  if (!info || !recorded)
    return { values: [], rejected: info ? [...rejected, { path: "created", reason: "missing" }] : rejected };
  if (!isPlausibleDate(dateOf(recorded), fetchedAt))
    return { values: [], rejected: [...rejected, { path: "created", reason: "out-of-range" }] };
  const door = openDoor(rejected);
  const bpm = (
    key: "maximum_heart_rate" | "resting_heart_rate" | "aerobic_threshold" | "anaerobic_threshold",
  ) => whole(door.aboveZero("heartRateBpm", info[key], key));
  const value: PhysicalInfo = {
    recordedAt: new Date(utcMs(recorded)).toISOString(),
    weightKg: hundredths(door.aboveZero("weightKg", info.weight, "weight")),
    heightCm: hundredths(door.aboveZero("heightCm", info.height, "height")),
    heartRateMaxBpm: bpm("maximum_heart_rate"),
    heartRateRestBpm: bpm("resting_heart_rate"),
    aerobicThresholdBpm: bpm("aerobic_threshold"),
    anaerobicThresholdBpm: bpm("anaerobic_threshold"),
    vo2Max: hundredths(door.aboveZero("vo2Max", info.vo2_max, "vo2_max")),
    sex: sexOf(info.gender),
    polar: polarOf(info),
  };
  return { values: [value], rejected };
}
