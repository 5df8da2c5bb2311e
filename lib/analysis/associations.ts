import { type Correlation, correlate, type DailySeries, FEWEST_PAIRS, lagged } from "./correlate";
import { holm } from "./holm";

/** Something that may go with HRV: its value of each day and how many days earlier it is looked at. */
export type Driver = { id: string; values: DailySeries; lagDays: number };

export type Association = { id: string; lagDays: number } & (
  | { enough: false; pairs: number; needed: number }
  /** `pHolm` is null where the days are too few for any p to hold after Holm's adjustment. */
  | { enough: true; correlation: Correlation; pHolm: number | null }
);

/** Below this an association holds. */
export const CERTAIN = 0.05;

/** The least p that so many tests on so many days can come to after Holm's adjustment: with 8 rows it takes 81 days to fall below .05. */
export function leastP(tests: number, days: number): number {
  return Math.min(1, tests / (2 * days));
}

/**
 * What goes with the deviation of x from its baseline mean, for a displayed set of drivers: p from circular shifts,
 * adjusted by Holm over those that have enough data. Associations, not causes.
 */
export function associations(deviation: DailySeries, drivers: readonly Driver[]): Association[] {
  const found = drivers.map((driver) => correlate(deviation, lagged(driver.values, driver.lagDays)));
  const tested = found.filter((correlation) => correlation !== null).length;
  const canTell = leastP(tested, deviation.length) < CERTAIN;
  const adjusted = holm(found.map((correlation) => correlation?.pCircular ?? null));
  return drivers.map(({ id, values, lagDays }, i) => {
    const correlation = found[i];
    const pHolm = canTell ? (adjusted[i] ?? null) : null;
    if (correlation) return { id, lagDays, enough: true, correlation, pHolm };
    return {
      id,
      lagDays,
      enough: false,
      pairs: pairCount(deviation, lagged(values, lagDays)),
      needed: FEWEST_PAIRS,
    };
  });
}

function pairCount(outcome: DailySeries, driver: DailySeries): number {
  return outcome.filter((value, day) => value !== null && (driver[day] ?? null) !== null).length;
}
