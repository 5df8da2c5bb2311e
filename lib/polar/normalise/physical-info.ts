import type { z } from "zod";
import type { Normalised, PhysicalInfo } from "@/lib/wearables/types";
import { physicalSchema } from "../schemas/physical";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { snakeKeys } from "./snake-keys";
import { aboveZero, whole } from "./value";

const POLAR_ONLY = ["weight_source", "training_background", "typical_day", "sleep_goal"] as const;

function sexOf(gender: string | null | undefined): "female" | "male" | null {
  if (gender === "FEMALE") return "female";
  return gender === "MALE" ? "male" : null;
}

function polarOf(info: z.output<typeof physicalSchema>): Record<string, string> {
  return Object.fromEntries(POLAR_ONLY.flatMap((key) => (info[key] ? [[key, info[key]]] : [])));
}

/** Body data: an entry of a physical information transaction, or the current values of the plain resource. */
export function normalisePhysicalInfo(json: unknown, fetchedAt: string): Normalised<PhysicalInfo> {
  const { value: info, rejected } = readTolerantly(physicalSchema, snakeKeys(json));
  const recordedAt = info?.modified ?? info?.created;
  if (!info || !recordedAt)
    return { values: [], rejected: info ? [...rejected, { path: "created", reason: "missing" }] : rejected };
  if (!isPlausibleDate(recordedAt.slice(0, 10), fetchedAt))
    return { values: [], rejected: [...rejected, { path: "created", reason: "out-of-range" }] };
  const value: PhysicalInfo = {
    recordedAt: new Date(recordedAt).toISOString(),
    weightKg: aboveZero(info.weight),
    heightCm: aboveZero(info.height),
    heartRateMaxBpm: whole(aboveZero(info.maximum_heart_rate)),
    heartRateRestBpm: whole(aboveZero(info.resting_heart_rate)),
    aerobicThresholdBpm: whole(aboveZero(info.aerobic_threshold)),
    anaerobicThresholdBpm: whole(aboveZero(info.anaerobic_threshold)),
    vo2Max: aboveZero(info.vo2_max),
    sex: sexOf(info.gender),
    polar: polarOf(info),
  };
  return { values: [value], rejected };
}
