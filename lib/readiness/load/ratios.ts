/**
 * Acute against chronic load as of the evening of a day: a description, never a risk. The coupled form shares its seven
 * days with the 28 and correlates with itself (Lolli 2019, Br J Sports Med 53:921); replacing chronic load by random
 * numbers predicts injuries as well (Impellizzeri 2021, doi:10.1007/s40279-020-01378-6).
 */
export type LoadRatios = {
  /** Mean of the last 7 days (Polar: strain) and of the last 28 (Polar: tolerance). */
  mean7: number | null;
  mean28: number | null;
  /** Mean of the 21 days before the last 7. */
  mean21Before: number | null;
  coupled: number | null;
  uncoupled: number | null;
};

/** One entry a day; null while the window reaches before the first day, holds an unknown load, or divides by 0. */
export function loadRatios(loads: readonly (number | null)[]): LoadRatios[] {
  return loads.map((_, day) => {
    const mean7 = meanOf(loads, day - 6, day);
    const mean28 = meanOf(loads, day - 27, day);
    const mean21Before = meanOf(loads, day - 27, day - 7);
    return {
      mean7,
      mean28,
      mean21Before,
      coupled: ratio(mean7, mean28),
      uncoupled: ratio(mean7, mean21Before),
    };
  });
}

function meanOf(loads: readonly (number | null)[], from: number, to: number): number | null {
  if (from < 0) return null;
  const known = loads.slice(from, to + 1).filter((load) => load !== null);
  return known.length === to - from + 1 ? known.reduce((sum, load) => sum + load, 0) / known.length : null;
}

function ratio(acute: number | null, chronic: number | null): number | null {
  return acute === null || !chronic ? null : acute / chronic;
}
