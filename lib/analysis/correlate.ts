import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { pearson, ranksOf } from "./pearson";

/** A daily series without holes in time: index = calendar day, null where nothing is known. */
export type DailySeries = readonly (number | null)[];

export type Correlation = {
  /** Pairs of days, and how many independent ones they are worth (Bartlett), at most n. */
  n: number;
  nEffective: number;
  r: number;
  /** 95 % interval by Fisher's z on the effective number of pairs. */
  low: number;
  high: number;
  /** Two-sided p of r by Student's t on n - 2, as if the days were independent. */
  pIndependent: number;
  rho: number;
  rhoPIndependent: number;
  /** Share of circular shifts of the driver, and of it reversed in time, that correlate at least as strongly: keeps both autocorrelations. */
  pCircular: number;
};

/** Below this many pairs nothing is said. */
export const FEWEST_PAIRS = 21;

const Z_975 = 1.959963984540054;

/** The driver's value of `days` days before each day. Night t follows the training of day t - 1. */
export function lagged(series: DailySeries, days: number): (number | null)[] {
  return series.map((_, day) => series[day - days] ?? null);
}

/**
 * How a driver goes with an outcome, both by calendar day; null with fewer than 21 pairs or without variation. An
 * association, not a cause. Effective n: Bartlett 1946; interval: Fisher 1921; rank correlation: Spearman 1904.
 */
export function correlate(outcome: DailySeries, driver: DailySeries): Correlation | null {
  const { x, y } = pairsOf(outcome, driver);
  const n = x.length;
  if (n < FEWEST_PAIRS) return null;
  const r = pearson(x, y);
  const rho = pearson(ranksOf(x), ranksOf(y));
  if (r === null || rho === null) return null;
  const nEffective = effectivePairs(outcome, driver, n);
  const reach = Z_975 / Math.sqrt(Math.max(1, nEffective - 3));
  return {
    n,
    nEffective,
    r,
    low: Math.tanh(Math.atanh(r) - reach),
    high: Math.tanh(Math.atanh(r) + reach),
    pIndependent: pOf(r, n),
    rho,
    rhoPIndependent: pOf(rho, n),
    pCircular: circularShiftP(outcome, driver, Math.abs(r)),
  };
}

function pairsOf(outcome: DailySeries, driver: DailySeries, shift = 0): { x: number[]; y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  const days = outcome.length;
  for (let day = 0; day < days; day++) {
    const a = driver[(day + days - shift) % days] ?? null;
    const b = outcome[day] ?? null;
    if (a === null || b === null) continue;
    x.push(a);
    y.push(b);
  }
  return { x, y };
}

/**
 * (1 + count) / 2N over the N - 1 shifts of the series and the N of its reversal, which has the same autocorrelation:
 * shifts of the series alone stop at 1 / N.
 */
function circularShiftP(outcome: DailySeries, driver: DailySeries, size: number): number {
  const reversed = driver.toReversed();
  let asStrong = 1;
  for (let shift = 0; shift < outcome.length; shift++) {
    if (shift > 0 && isAsStrong(pairsOf(outcome, driver, shift), size)) asStrong++;
    if (isAsStrong(pairsOf(outcome, reversed, shift), size)) asStrong++;
  }
  return asStrong / (2 * outcome.length);
}

function isAsStrong({ x, y }: { x: number[]; y: number[] }, size: number): boolean {
  const r = pearson(x, y);
  return r !== null && Math.abs(r) >= size;
}

function effectivePairs(outcome: DailySeries, driver: DailySeries, n: number): number {
  const product = neighbourCorrelation(driver) * neighbourCorrelation(outcome);
  return Math.min(n, (n * (1 - product)) / (1 + product));
}

/** Correlation of each day with the one before; 0 when it cannot be said. */
function neighbourCorrelation(series: DailySeries): number {
  const { x, y } = pairsOf(series.slice(1), series.slice(0, -1));
  return pearson(x, y) ?? 0;
}

function pOf(r: number, n: number): number {
  if (Math.abs(r) >= 1) return 0;
  return 2 * tCdf(-Math.abs(r) * Math.sqrt((n - 2) / (1 - r * r)), n - 2);
}
