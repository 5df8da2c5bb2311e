import type { Arena } from "./arena";
import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { BASELINE_NIGHTS } from "./constants";

// Read once: a bundler turns every mention of an imported constant into a call.
const { provisional: FEWEST } = BASELINE_NIGHTS;
const { excluded: EXCLUDED } = MARK;

export type Baseline = {
  /** Valid, not excluded nights in the window. */
  n: Uint8Array;
  /** Mean of x, NaN below 14 nights. */
  mean: Float64Array;
  /** Sample SD (n - 1) of x, NaN below 14 nights; 0 when all values are equal. */
  sd: Float64Array;
};

/** Mean and SD of x over the `days` calendar days that end yesterday, within the day's segment. */
export function baseline(
  columns: DayColumns,
  { starts, x, days }: { starts: Int32Array; x: Float64Array; days: number },
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
    if (starts[t] === t) {
      from = t;
      count = sum = squares = 0;
      origin = Number.NaN;
    } else if (isUsable(marks, x, t - 1)) {
      if (Number.isNaN(origin)) origin = x[t - 1]!;
      const value = x[t - 1]! - origin;
      count++;
      sum += value;
      squares += value * value;
    }
    for (; from < t - days; from++) {
      if (!isUsable(marks, x, from)) continue;
      const value = x[from]! - origin;
      count--;
      sum -= value;
      squares -= value * value;
    }
    n[t] = count;
    if (count < FEWEST) continue;
    mean[t] = origin + sum / count;
    const variance = (squares - (sum * sum) / count) / (count - 1);
    // Running sums of squares lose digits when a series hardly varies: then the window is summed afresh.
    sd[t] = Math.sqrt(
      variance > 1e-3 ? variance : varianceOf(marks, x, { from, to: t, mean: mean[t]!, count }),
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
