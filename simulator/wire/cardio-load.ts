import type { CardioLoadDay } from "../generate/cardio-load";
import { round } from "../random";
import type { WireContext } from "./context";

/** One entry for every day, with Polar's sentinels where there is nothing. */
export function cardioLoadObject(day: CardioLoadDay, context: WireContext) {
  const very = context.knobs.veryHighKey;
  if (day.load === null) {
    return {
      date: day.date,
      cardio_load_status: "LOAD_STATUS_NOT_AVAILABLE",
      cardio_load: -1.0,
      strain: 0.0,
      tolerance: -1.0,
      cardio_load_ratio: -1.0,
      cardio_load_level: { very_low: 0.0, low: 0.0, medium: 0.0, high: 0.0, [very]: 0.0 },
    };
  }
  const at = (share: number) => round(day.tolerance * share, 1);
  return {
    date: day.date,
    cardio_load_status: day.status,
    cardio_load: day.load,
    strain: day.strain,
    tolerance: day.tolerance,
    cardio_load_ratio: day.ratio,
    cardio_load_level: { very_low: at(0.25), low: at(0.7), medium: at(1.3), high: at(2.1), [very]: at(3.2) },
  };
}
