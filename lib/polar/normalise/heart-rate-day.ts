import type { HeartRateDay, HeartRatePoint, Normalised, Rejected } from "@/lib/wearables/types";
import { heartRateDaySchema } from "../schemas/day";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

function secondOfDay(clock: unknown): number | null {
  const parts = typeof clock === "string" ? CLOCK.exec(clock) : null;
  return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0) : null;
}

function pointOf(sample: unknown): HeartRatePoint | null {
  if (sample === null || typeof sample !== "object") return null;
  const { heart_rate: bpm, sample_time: time } = sample as Record<string, unknown>;
  const second = secondOfDay(time);
  return second !== null && typeof bpm === "number" ? [second, Math.round(bpm)] : null;
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
    if (!point) faulty.push({ path: `heart_rate_samples[${at}]`, reason: "not-a-heart-rate-at-a-time" });
    else if (point[1] > 0) bySecond.set(point[0], point[1]);
  });
  const points = [...bySecond].sort((a, b) => a[0] - b[0]);
  return { values: [{ date: day.date, points }], rejected: [...rejected, ...faulty] };
}
