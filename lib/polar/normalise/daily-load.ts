import type { DailyLoad, Normalised } from "@/lib/wearables/types";
import { cardioLoadSchema } from "../schemas/day";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { snakeKeys } from "./snake-keys";
import { fromZero, text } from "./value";

const UNAVAILABLE = "LOAD_STATUS_NOT_AVAILABLE";

/** A day of Polar's cardio load. A day without any has load -1 and zeros beside it: all of that becomes null. */
export function normaliseDailyLoad(json: unknown, fetchedAt: string): Normalised<DailyLoad> {
  const { value: day, rejected } = readTolerantly(cardioLoadSchema, snakeKeys(json));
  if (!day) return { values: [], rejected };
  if (!isPlausibleDate(day.date, fetchedAt))
    return { values: [], rejected: [...rejected, { path: "date", reason: "out-of-range" }] };
  const cardioLoad = fromZero(day.cardio_load);
  const isEmpty = cardioLoad === null && day.cardio_load_status === UNAVAILABLE;
  const levels = isEmpty ? null : (day.cardio_load_level ?? null);
  const value: DailyLoad = {
    date: day.date,
    cardioLoad,
    strain: isEmpty ? null : fromZero(day.strain),
    tolerance: isEmpty ? null : fromZero(day.tolerance),
    polar: {
      status: text(day.cardio_load_status),
      ratio: fromZero(day.cardio_load_ratio),
      levels: levels && {
        veryLow: levels.very_low,
        low: levels.low,
        medium: levels.medium,
        high: levels.high,
        veryHigh: levels.very_high,
      },
    },
  };
  return { values: [value], rejected };
}
