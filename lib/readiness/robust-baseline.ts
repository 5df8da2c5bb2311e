import type { Baseline } from "./baseline";
import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { BASELINE_NIGHTS, MAD_TO_SD } from "./constants";
import { median } from "./median";

export type RobustCentre = { centre: number; spread: number };
type Window = { starts: Int32Array; x: Float64Array; days: number };

/**
 * Median and 1.4826 x MAD of the nights that mean and SD of the day at `t` are taken from: valid, not excluded, in the
 * `days` calendar days that end yesterday, within the segment. Undefined below 14 of them.
 * MAD: median absolute deviation from the median; 1.4826 makes it an SD for normal data (Hampel 1974, J Am Stat Assoc 69:383).
 */
export function robustCentreAt(columns: DayColumns, window: Window, t: number): RobustCentre | undefined {
  const from = Math.max(window.starts[t]!, t - window.days);
  const values = window.x
    .slice(from, t)
    .filter((value, i) => !Number.isNaN(value) && !(columns.marks[from + i]! & MARK.excluded));
  if (values.length < BASELINE_NIGHTS.provisional) return undefined;
  const centre = median(values);
  return { centre, spread: MAD_TO_SD * median(values.map((value) => Math.abs(value - centre))) };
}

/** The baseline with median and 1.4826 x MAD in place of mean and SD, for squads that chose them. Overwrites `base`. */
export function madeRobust(columns: DayColumns, window: Window, base: Baseline): Baseline {
  for (let t = 0; t < columns.length; t++) {
    const robust = robustCentreAt(columns, window, t);
    base.mean[t] = robust?.centre ?? Number.NaN;
    base.sd[t] = robust?.spread ?? Number.NaN;
  }
  return base;
}
