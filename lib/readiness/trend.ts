import type { Arena } from "./arena";
import { TREND } from "./constants";

export type Trend = {
  n: Uint8Array;
  /** OLS slope of x per day, NaN below 4 valid nights. */
  slope: Float64Array;
  /** slope / SE, on n - 2 degrees of freedom; infinite on a perfect line, 0 on a flat one. */
  t: Float64Array;
};

// Read once: a bundler turns every mention of an imported constant into a call.
const { days: DAYS, minValid: FEWEST } = TREND;

// Below this share of unexplained variance a line counts as perfect.
const PERFECT = 1e-12;
/** t below which the one-sided p is under .10, by degrees of freedom. */
const CRITICAL_T = [
  Number.NaN,
  -3.077683537175253,
  -1.885618083164127,
  -1.63774435369621,
  -1.533206274058943,
  -1.475884048824481,
];

/**
 * Ordinary least squares of x on the day index over the last seven calendar days, gaps keeping their place.
 * `nights` are the valid nights of each of those windows.
 */
export function trend7(x: Float64Array, starts: Int32Array, nights: Uint8Array, space: Arena): Trend {
  const slope = space.floats();
  const t = space.floats();
  for (let day = 0; day < x.length; day++) {
    if (nights[day]! < FEWEST) slope[day] = t[day] = Number.NaN;
    else if (nights[day] === DAYS) fitFullWeek(x, day, slope, t);
    else fitWithGaps(x, day, Math.max(starts[day]!, day - DAYS + 1), slope, t);
  }
  return { n: nights, slope, t };
}

// Seven nights without a gap: positions -3 to 3 about the middle one, their squares sum to 28.
function fitFullWeek(x: Float64Array, day: number, slope: Float64Array, t: Float64Array): void {
  const origin = x[day - 3]!;
  const a = x[day - 6]! - origin;
  const b = x[day - 5]! - origin;
  const c = x[day - 4]! - origin;
  const e = x[day - 2]! - origin;
  const f = x[day - 1]! - origin;
  const g = x[day]! - origin;
  const sum = a + b + c + e + f + g;
  const fit = (3 * (g - a) + 2 * (f - b) + (e - c)) / 28;
  const variation = a * a + b * b + c * c + e * e + f * f + g * g - (sum * sum) / 7;
  slope[day] = fit;
  t[day] = tOf(fit, 28, variation, 5);
}

function fitWithGaps(x: Float64Array, day: number, from: number, slope: Float64Array, t: Float64Array): void {
  let n = 0;
  let origin = 0;
  let k = 0;
  let kk = 0;
  let y = 0;
  let ky = 0;
  let yy = 0;
  for (let i = from; i <= day; i++) {
    if (Number.isNaN(x[i])) continue;
    if (n === 0) origin = x[i]!;
    const position = i - from;
    const value = x[i]! - origin;
    n++;
    k += position;
    kk += position * position;
    y += value;
    ky += position * value;
    yy += value * value;
  }
  const spread = kk - (k * k) / n;
  const fit = (ky - (k * y) / n) / spread;
  slope[day] = fit;
  t[day] = tOf(fit, spread, yy - (y * y) / n, n - 2);
}

/** One-sided p < .10 for a falling slope, by the critical value of Student's t. */
export function fallsSignificantly(t: number, n: number): boolean {
  return t < CRITICAL_T[n - 2]!;
}

/** `spread`: sum of squares of the positions, `variation`: of x, both about their means. */
function tOf(slope: number, spread: number, variation: number, df: number): number {
  if (slope === 0) return 0;
  const residual = variation - slope * slope * spread;
  if (residual <= PERFECT * variation) return slope * Number.POSITIVE_INFINITY;
  return slope / Math.sqrt(residual / df / spread);
}
