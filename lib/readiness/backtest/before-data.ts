import { OFFERED_RISE_PERCENT, RULE_DEFAULTS } from "../constants";
import type { RuleSettings } from "../rules";
import type { Preset } from "../types";

/** What a preset does before a squad has data of its own, from simulated athletes of no squad in particular. */
export type BeforeData = {
  /** Share of judged athlete-days at a mailed level though nothing changed: independent nights to autocorrelation .45. */
  flaggedShare: { low: number; high: number };
  /** Episodes that open per athlete and 30 days by chance, the fewest and the most of the same two. */
  episodesPerAthleteMonth: { low: number; high: number };
  /** A ten-day slide of 1.5 SD beside load x 1.5: share caught within 14 days, and the median day. */
  slideCaught: { share: number; medianDay: number };
};

/**
 * Share of athletes for whom `unexplained` still holds so many days after a lasting drop, by R4 or R7 and by R4 alone
 * (docs/method/rules.md).
 */
export const LASTING_DROP = { dropSd: 1.5, day: 30, byEither: 0.87, byR4: 0.09 } as const;

/** Figures under a squad's rules, the defaults where none are given. */
export function beforeData(preset: Preset, rules: RuleSettings = {}): BeforeData {
  const { loadRisePercent = RULE_DEFAULTS.loadRisePercent, drift = RULE_DEFAULTS.drift } = rules;
  // Between two margins that a page offers the smaller one is told: it flags more.
  const margin = OFFERED_RISE_PERCENT.findLast((offered) => offered <= loadRisePercent) ?? 0;
  const row = TABLE.find((one) => one[0] === drift && one[1] === margin && one[2] === preset)!;
  const [, , , low, high, fewest, most, share, medianDay] = row;
  return {
    flaggedShare: { low, high },
    episodesPerAthleteMonth: { low: fewest, high: most },
    slideCaught: { share, medianDay },
  };
}

type Row = [
  drift: boolean,
  loadRisePercent: number,
  preset: Preset,
  flaggedLow: number,
  flaggedHigh: number,
  episodesLow: number,
  episodesHigh: number,
  slideShare: number,
  slideDay: number,
];

// 2,000 simulated athletes x 210 counted days, 60-day baselines, scored and counted as a squad's own days are; printed by
// bench/before-data.ts. docs/method/false-alarms.md says how; before-data.test.ts simulates every figure again.
const TABLE: readonly Row[] = [
  [true, 0, "brief", 0.061, 0.089, 1.25, 1.32, 0.99, 5],
  [true, 0, "balanced", 0.017, 0.057, 0.41, 0.75, 0.92, 6],
  [true, 0, "quiet", 0.004, 0.039, 0.1, 0.4, 0.85, 8],
  [true, 5, "brief", 0.053, 0.08, 1.13, 1.16, 0.99, 5],
  [true, 5, "balanced", 0.014, 0.053, 0.36, 0.68, 0.92, 6],
  [true, 5, "quiet", 0.004, 0.037, 0.09, 0.37, 0.84, 8],
  [true, 10, "brief", 0.044, 0.071, 1, 1, 0.98, 5],
  [true, 10, "balanced", 0.012, 0.048, 0.31, 0.61, 0.9, 7],
  [true, 10, "quiet", 0.003, 0.035, 0.08, 0.34, 0.82, 8],
  [true, 15, "brief", 0.037, 0.063, 0.84, 0.88, 0.97, 5],
  [true, 15, "balanced", 0.01, 0.044, 0.26, 0.54, 0.89, 7],
  [true, 15, "quiet", 0.003, 0.033, 0.06, 0.32, 0.81, 8],
  [false, 0, "brief", 0.061, 0.079, 1.24, 1.32, 0.99, 5],
  [false, 0, "balanced", 0.016, 0.047, 0.41, 0.73, 0.92, 6],
  [false, 0, "quiet", 0.004, 0.029, 0.1, 0.37, 0.84, 8],
  [false, 5, "brief", 0.052, 0.07, 1.12, 1.15, 0.99, 5],
  [false, 5, "balanced", 0.014, 0.042, 0.36, 0.66, 0.91, 7],
  [false, 5, "quiet", 0.004, 0.027, 0.09, 0.35, 0.83, 8],
  [false, 10, "brief", 0.044, 0.061, 0.99, 0.99, 0.98, 5],
  [false, 10, "balanced", 0.012, 0.038, 0.3, 0.59, 0.9, 7],
  [false, 10, "quiet", 0.003, 0.025, 0.07, 0.32, 0.83, 8],
  [false, 15, "brief", 0.037, 0.053, 0.84, 0.86, 0.97, 5],
  [false, 15, "balanced", 0.01, 0.033, 0.26, 0.52, 0.88, 7],
  [false, 15, "quiet", 0.003, 0.023, 0.06, 0.29, 0.79, 8],
];
