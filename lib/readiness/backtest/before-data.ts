import type { Preset } from "../types";

/** What a preset does before a squad has data of its own, from simulated athletes of no squad in particular. */
export type BeforeData = {
  /** Share of judged athlete-days at a mailed level though nothing changed: independent nights to autocorrelation .45. */
  flaggedShare: { low: number; high: number };
  /** Episodes that open per athlete and 30 days by chance. */
  episodesPerAthleteMonth: { low: number; high: number };
  /** A ten-day slide of 1.5 SD beside load x 1.5: share caught within 14 days, and the median day. */
  slideCaught: { share: number; medianDay: number };
};

/** 120 to 150 simulated athletes x 210 days, 60-day baselines. docs/method/false-alarms.md says how. */
export const BEFORE_DATA = {
  brief: {
    flaggedShare: { low: 0.059, high: 0.076 },
    episodesPerAthleteMonth: { low: 1.04, high: 1.08 },
    slideCaught: { share: 0.99, medianDay: 4 },
  },
  balanced: {
    flaggedShare: { low: 0.015, high: 0.044 },
    episodesPerAthleteMonth: { low: 0.38, high: 0.68 },
    slideCaught: { share: 0.92, medianDay: 6 },
  },
  quiet: {
    flaggedShare: { low: 0.003, high: 0.027 },
    episodesPerAthleteMonth: { low: 0.08, high: 0.35 },
    slideCaught: { share: 0.89, medianDay: 7 },
  },
} as const satisfies Record<Preset, BeforeData>;
