import type { Arena } from "./arena";
import { type Baseline, baseline, REFERENCE_WINDOW } from "./baseline";
import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { MEAN14 } from "./constants";

// Read once: a bundler turns every mention of an imported constant into a call.
const { days: DAYS, minValid: FEWEST } = MEAN14;
const { excluded: EXCLUDED } = MARK;

/** The two weeks and the reference that R7 compares. */
export type DriftWindows = {
  /** Mean of the valid, not excluded x of the last 14 days, today included; NaN below 8. */
  mean14: Float64Array;
  reference: Baseline;
};

/** What R7 compares on every day: a baseline that ends yesterday follows an athlete down and calls the lower level usual within a month. */
export function driftWindows(
  columns: Pick<DayColumns, "length" | "marks">,
  { starts, x }: { starts: Int32Array; x: Float64Array },
  space: Arena,
): DriftWindows {
  return {
    mean14: lastFortnight(columns.marks, starts, x, space),
    reference: baseline(columns, x, REFERENCE_WINDOW, space),
  };
}

function lastFortnight(marks: Uint8Array, starts: Int32Array, x: Float64Array, space: Arena): Float64Array {
  const mean = space.floats();
  let from = 0;
  let count = 0;
  let sum = 0;
  for (let t = 0; t < x.length; t++) {
    if (starts[t] === t) {
      from = t;
      count = sum = 0;
    }
    if (!Number.isNaN(x[t]) && !(marks[t]! & EXCLUDED)) {
      count++;
      sum += x[t]!;
    }
    if (t - from === DAYS) {
      if (!Number.isNaN(x[from]) && !(marks[from]! & EXCLUDED)) {
        count--;
        sum -= x[from]!;
      }
      from++;
    }
    mean[t] = count >= FEWEST ? sum / count : Number.NaN;
  }
  return mean;
}
