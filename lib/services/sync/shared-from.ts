import { type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import type { Bound } from "../consents/bounds";

/** Where Polar's resources write the day they belong to, in the order of preference. */
const DATE_KEYS = [
  "date",
  "sleep_date",
  "start-time",
  "start_time",
  "period_start_time",
  "modified",
  "created",
] as const;

const MS_PER_DAY = 86_400_000;

/** The civil day an item belongs to; null when it says none. */
export function dayOf(json: unknown): CivilDate | null {
  if (json === null || typeof json !== "object") return null;
  const item = json as Record<string, unknown>;
  for (const key of DATE_KEYS) {
    const day = typeof item[key] === "string" ? item[key].slice(0, 10) : null;
    if (isCivilDate(day)) return day;
  }
  const seconds = item.test_time;
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || Math.abs(seconds) > 4e9) return null;
  return new Date(Math.floor((seconds * 1000) / MS_PER_DAY) * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Whether the athlete shares an item's day. One that names no day is shared only along with history. */
export function isShared(json: unknown, bound: Bound): boolean {
  const day = dayOf(json);
  return day === null ? bound.undated : day >= bound.from;
}
