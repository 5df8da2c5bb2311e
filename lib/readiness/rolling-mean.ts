import type { Arena } from "./arena";

export type RollingMean = { n: Uint8Array; mean: Float64Array };

/** Mean of the valid x of the last `days` calendar days, today included, within the segment; NaN below `minValid`. */
export function rollingMean(
  x: Float64Array,
  starts: Int32Array,
  window: { days: number; minValid: number },
  space: Arena,
): RollingMean {
  const n = space.bytes();
  const mean = space.floats();
  let from = 0;
  let count = 0;
  let sum = 0;
  for (let t = 0; t < x.length; t++) {
    if (starts[t] === t) {
      from = t;
      count = sum = 0;
    }
    if (!Number.isNaN(x[t])) {
      count++;
      sum += x[t]!;
    }
    if (t - from === window.days) {
      if (!Number.isNaN(x[from])) {
        count--;
        sum -= x[from]!;
      }
      from++;
    }
    n[t] = count;
    mean[t] = count >= window.minValid ? sum / count : Number.NaN;
  }
  return { n, mean };
}
