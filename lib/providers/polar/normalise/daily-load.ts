import type { z } from "zod";
import type { DailyLoad, DailyLoadPolar, Normalised } from "@/lib/wearables/types";
import { cardioLoadSchema } from "../schemas/day";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { snakeKeys } from "./snake-keys";
import { type Door, openDoor, text } from "./value";

const UNAVAILABLE = "LOAD_STATUS_NOT_AVAILABLE";

type LoadDay = z.output<typeof cardioLoadSchema>;

/** The thresholds of the load's levels, all or none. */
function levelsOf(day: LoadDay, door: Door): DailyLoadPolar["levels"] {
  const levels = day.cardio_load_level;
  if (!levels) return null;
  const limit = (name: keyof typeof levels) =>
    door.fromZero("cardioLoad", levels[name], `cardio_load_level.${name}`);
  const [veryLow, low, medium] = [limit("very_low"), limit("low"), limit("medium")];
  const [high, veryHigh] = [limit("high"), limit("very_high")];
  const isWhole = veryLow !== null && low !== null && medium !== null && high !== null && veryHigh !== null;
  return isWhole ? { veryLow, low, medium, high, veryHigh } : null;
}

/** A day of Polar's cardio load. A day without any has load -1 and zeros beside it: all of that becomes null. */
export function normaliseDailyLoad(json: unknown, fetchedAt: string): Normalised<DailyLoad> {
  const { value: day, rejected } = readTolerantly(cardioLoadSchema, snakeKeys(json));
  if (!day) return { values: [], rejected };
  if (!isPlausibleDate(day.date, fetchedAt))
    return { values: [], rejected: [...rejected, { path: "date", reason: "out-of-range" }] };
  const door = openDoor(rejected);
  const cardioLoad = door.fromZero("cardioLoad", day.cardio_load, "cardio_load");
  const isEmpty = cardioLoad === null && day.cardio_load_status === UNAVAILABLE;
  const value: DailyLoad = {
    date: day.date,
    cardioLoad,
    strain: isEmpty ? null : door.fromZero("cardioLoad", day.strain, "strain"),
    tolerance: isEmpty ? null : door.fromZero("cardioLoad", day.tolerance, "tolerance"),
    polar: {
      status: text(day.cardio_load_status),
      ratio: door.fromZero("loadRatio", day.cardio_load_ratio, "cardio_load_ratio"),
      levels: isEmpty ? null : levelsOf(day, door),
    },
  };
  return { values: [value], rejected };
}
