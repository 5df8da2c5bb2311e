import type { Arena } from "./arena";
import type { Baseline } from "./baseline";
import { RULE_DEFAULTS } from "./constants";
import type { DriftWindows } from "./drift";
import { BLOCK_BIT } from "./level";
import type { LoadWindows } from "./load-windows";
import type { RollingMean } from "./rolling-mean";
import type { Trend } from "./trend";
import { fallsSignificantly } from "./trend";
import type { ReadinessSettings } from "./types";

export type RuleColumns = {
  /** (x - mean) / sd, NaN when undefined. */
  z: Float64Array;
  /** Bits of BLOCK_BIT that are true. */
  holds: Uint16Array;
  /** Bits of R1 to R7 that are defined. */
  defined: Uint8Array;
};

const { R1, R2, R3, R4, R5, R6, R7, belowUsual, aboveUsual, lowThreeDays, settledLower } = BLOCK_BIT;

/** What a squad chooses of the rules themselves. */
export type RuleSettings = Pick<ReadinessSettings, "loadRisePercent" | "drift">;

/** The rules and guards of every day. docs/method/rules.md. */
export function rules(
  x: Float64Array,
  parts: { base: Baseline; mean7: RollingMean; trend: Trend; drift: DriftWindows; load: LoadWindows },
  { loadRisePercent = RULE_DEFAULTS.loadRisePercent, drift = RULE_DEFAULTS.drift }: RuleSettings,
  space: Arena,
): RuleColumns {
  const z = space.floats();
  const holds = space.words();
  const defined = space.bytes();
  const { sd, mean } = parts.base;
  const { known7 } = parts.load;
  const { slope, t: tValue, n } = parts.trend;
  const week = parts.mean7.mean;
  const { mean14, reference } = parts.drift;
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
      if (loadRises(parts.load, t, loadRisePercent)) yes |= R6;
    }
    if (drift && reference.sd[t]! > 0 && !Number.isNaN(mean14[t])) {
      known |= R7;
      if (hasSettledLower(mean14[t]!, reference.mean[t]!, reference.sd[t]!)) yes |= R7;
      if (yes & R7 && t >= 2 && holds[t - 1]! & holds[t - 2]! & R7) yes |= settledLower;
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

function loadRises(load: LoadWindows, t: number, percent: number): boolean {
  return weekRises(load.sum7[t]!, load.sum7[t - 7]!, percent) && load.ewma7[t]! > load.ewma28[t]!;
}

/** A week of load exceeds the one before by more than `percent`; after a week of rest any load does. */
export function weekRises(sum7: number, prev7: number, percent: number): boolean {
  // Without a margin the sums themselves are compared: multiplied, two that differ in the last digit can come out equal.
  return percent === 0 ? sum7 > prev7 : 100 * sum7 > (100 + percent) * prev7;
}

/** R7 of a day. */
export function hasSettledLower(mean14: number, mean: number, sd: number): boolean {
  return mean14 < mean - sd;
}

/** What values in own SDs are held against. */
const LIMITS_SD = [-1, -0.5, 0.5, 1];

/** Decimals with which a value in own SDs is told: one, more where one would move it onto or over a limit of the rules. */
export function decimalsInSd(value: number): number {
  const side = (of: number) => LIMITS_SD.map((limit) => Math.sign(of - limit)).join();
  let digits = 1;
  while (digits < 4 && side(Number(value.toFixed(digits))) !== side(value)) digits++;
  return digits;
}
