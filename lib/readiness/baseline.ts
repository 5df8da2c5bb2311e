import type { Arena } from "./arena";
import type { DayColumns } from "./columns";
import { MARK, NEW_SEGMENT } from "./columns";
import { BASELINE_NIGHTS, REFERENCE } from "./constants";

// Read once: a bundler turns every mention of an imported constant into a call.
const { excluded: EXCLUDED } = MARK;

export type Baseline = {
  /** Valid, not excluded nights in the window. */
  n: Uint8Array;
  /** Mean of x, NaN below the fewest nights. */
  mean: Float64Array;
  /** Sample SD (n - 1) of x, NaN below the fewest nights; 0 when all values are equal. */
  sd: Float64Array;
};

type Window = {
  days: number;
  /** How many days ago the window ends: 1 is yesterday. */
  lag: number;
  minValid: number;
  /** Marks of a day before which the window does not reach, from that day on. */
  resets: number;
};

/** The usual: the `days` calendar days that end yesterday. */
export function baselineWindow(days: number): Window {
  return { days, lag: 1, minValid: BASELINE_NIGHTS.provisional, resets: NEW_SEGMENT };
}

/** What the usual was from 90 to 31 days ago, for R7. A level that a coach accepted as usual begins it afresh. */
export const REFERENCE_WINDOW: Window = { ...REFERENCE, resets: NEW_SEGMENT | MARK.newUsual };

/** Mean and SD of x over a window of calendar days, within the day's segment. */
export function baseline(
  columns: Pick<DayColumns, "length" | "marks">,
  x: Float64Array,
  { days, lag, minValid, resets }: Window,
  space: Arena,
): Baseline {
  const { length, marks } = columns;
  const n = space.bytes();
  const mean = space.floats().fill(Number.NaN);
  const sd = space.floats().fill(Number.NaN);
  let from = 0;
  let count = 0;
  let sum = 0;
  let squares = 0;
  let origin = Number.NaN;
  for (let t = 0; t < length; t++) {
    const newest = t - lag;
    if (marks[t]! & resets) {
      from = t;
      count = sum = squares = 0;
      origin = Number.NaN;
    } else if (newest >= from && isUsable(marks, x, newest)) {
      if (Number.isNaN(origin)) origin = x[newest]!;
      const value = x[newest]! - origin;
      count++;
      sum += value;
      squares += value * value;
    }
    for (; from <= newest - days; from++) {
      if (!isUsable(marks, x, from)) continue;
      const value = x[from]! - origin;
      count--;
      sum -= value;
      squares -= value * value;
    }
    n[t] = count;
    if (count < minValid) continue;
    mean[t] = origin + sum / count;
    const variance = (squares - (sum * sum) / count) / (count - 1);
    // Running sums of squares lose digits when a series hardly varies: then the window is summed afresh.
    sd[t] = Math.sqrt(
      variance > 1e-3 ? variance : varianceOf(marks, x, { from, to: newest + 1, mean: mean[t]!, count }),
    );
  }
  return { n, mean, sd };
}

function isUsable(marks: Uint8Array, x: Float64Array, day: number): boolean {
  return !(marks[day]! & EXCLUDED) && !Number.isNaN(x[day]);
}

function varianceOf(
  marks: Uint8Array,
  x: Float64Array,
  window: { from: number; to: number; mean: number; count: number },
): number {
  let sum = 0;
  for (let day = window.from; day < window.to; day++)
    if (isUsable(marks, x, day)) sum += (x[day]! - window.mean) ** 2;
  return sum / (window.count - 1);
}
