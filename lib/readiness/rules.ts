import type { Arena } from "./arena";
import type { Baseline } from "./baseline";
import { BLOCK_BIT } from "./level";
import type { LoadWindows } from "./load-windows";
import type { RollingMean } from "./rolling-mean";
import type { Trend } from "./trend";
import { fallsSignificantly } from "./trend";

export type RuleColumns = {
  /** (x - mean) / sd, NaN when undefined. */
  z: Float64Array;
  /** Bits of BLOCK_BIT that are true. */
  holds: Uint16Array;
  /** Bits of R1 to R6 that are defined. */
  defined: Uint8Array;
};

const { R1, R2, R3, R4, R5, R6, belowUsual, aboveUsual, lowThreeDays } = BLOCK_BIT;

/** The six rules and three guards of every day. docs/method/rules.md. */
export function rules(
  x: Float64Array,
  parts: { base: Baseline; mean7: RollingMean; trend: Trend; load: LoadWindows },
  space: Arena,
): RuleColumns {
  const z = space.floats();
  const holds = space.words();
  const defined = space.bytes();
  const { sd, mean } = parts.base;
  const { known7 } = parts.load;
  const { slope, t: tValue, n } = parts.trend;
  const week = parts.mean7.mean;
  for (let t = 0; t < x.length; t++) {
    z[t] = sd[t]! > 0 ? (x[t]! - mean[t]!) / sd[t]! : Number.NaN;
    let yes = 0;
    let known = 0;
    if (!Number.isNaN(z[t])) {
      known |= R1 | R2;
      if (z[t]! < -1) yes |= R1 | (lowOnTwoOfThree(z, t) ? R2 : 0);
    }
    if (!Number.isNaN(week[t]) && !Number.isNaN(mean[t])) {
      known |= R3 | R4;
      yes |= weekBits(week[t]!, mean[t]!, sd[t]!);
      if (yes & R4 && t >= 2 && holds[t - 1]! & holds[t - 2]! & R4) yes |= lowThreeDays;
    }
    if (!Number.isNaN(slope[t])) {
      known |= R5;
      if (fallsSignificantly(tValue[t]!, n[t]!)) yes |= R5;
    }
    if (t >= 14 && known7[t] === 7 && known7[t - 7] === 7) {
      known |= R6;
      if (loadRises(parts.load, t)) yes |= R6;
    }
    holds[t] = yes;
    defined[t] = known;
  }
  return { z, holds, defined };
}

/** R3, R4 and the two guards of the 7-day mean against the baseline, as bits. */
export function weekBits(mean7: number, mean: number, sd: number): number {
  return (
    (mean7 < mean - 0.5 * sd ? R3 : 0) |
    (mean7 < mean - sd ? R4 : 0) |
    (mean7 < mean ? belowUsual : 0) |
    (mean7 > mean + sd ? aboveUsual : 0)
  );
}

// Today is known to be low.
function lowOnTwoOfThree(z: Float64Array, t: number): boolean {
  return (t >= 1 && z[t - 1]! < -1) || (t >= 2 && z[t - 2]! < -1);
}

function loadRises(load: LoadWindows, t: number): boolean {
  return load.sum7[t]! > load.sum7[t - 7]! && load.ewma7[t]! > load.ewma28[t]!;
}
