/**
 * What a number of heart rate variability is: which statistic, over which part of the day. Two kinds differ in level
 * and in spread, so they never stand in one baseline, and none is converted into another.
 */
export const METRIC_KINDS = [
  /** RMSSD over a fixed window of the night, e.g. the four hours after falling asleep that Nightly Recharge takes. */
  "rmssd-night-window",
  /** Mean of RMSSD values over the whole sleep. */
  "rmssd-night-mean",
  /** RMSSD of a recording taken in the morning, at rest. */
  "rmssd-morning",
  /** RMSSD of a spot check at any time of the day. */
  "rmssd-spot",
  /** Standard deviation of the intervals in a spot check. */
  "sdnn-spot",
] as const;
export type MetricKind = (typeof METRIC_KINDS)[number];
