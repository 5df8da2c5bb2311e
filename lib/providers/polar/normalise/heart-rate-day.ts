import { isPlausible } from "@/lib/wearables/plausible";
import type { HeartRateDay, Normalised, Rejected } from "@/lib/wearables/types";
import { heartRateDaySchema } from "../schemas/day";
import { secondOfDay } from "../schemas/time";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";

/** A sample's second and beats, or why it is none. */
function pointOf(sample: unknown): [second: number, bpm: number] | Rejected["reason"] {
  const { heart_rate: bpm, sample_time: time } = (sample ?? {}) as Record<string, unknown>;
  const second = typeof time === "string" ? secondOfDay(time) : null;
  if (second === null || typeof bpm !== "number") return "not-a-heart-rate-at-a-time";
  if (bpm !== 0 && bpm !== -1 && !isPlausible("heartRateBpm", bpm)) return "out-of-range";
  return [second, Math.round(bpm)];
}

/** Heart rate of one civil day outside sessions. Zeros (no skin contact) are left out, of equal times the last counts. */
export function normaliseHeartRateDay(json: unknown, fetchedAt: string): Normalised<HeartRateDay> {
  const { value: day, rejected } = readTolerantly(heartRateDaySchema, json);
  if (!day) return { values: [], rejected };
  if (!isPlausibleDate(day.date, fetchedAt))
    return { values: [], rejected: [...rejected, { path: "date", reason: "out-of-range" }] };
  const bySecond = new Map<number, number>();
  const faulty: Rejected[] = [];
  (day.heart_rate_samples ?? []).forEach((sample, at) => {
    const point = pointOf(sample);
    if (typeof point === "string") faulty.push({ path: `heart_rate_samples[${at}]`, reason: point });
    else if (point[1] > 0) bySecond.set(point[0], point[1]);
  });
  const points = [...bySecond].sort((a, b) => a[0] - b[0]);
  return { values: [{ date: day.date, points }], rejected: [...rejected, ...faulty] };
}
