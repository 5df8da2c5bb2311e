/**
 * How a value of heart rate variability was measured. Levels of two kinds cannot be compared: they never mix in a baseline,
 * and none is computed from another.
 * `rmssd-night-window`: RMSSD over a part of the night that the provider picks (Polar's Nightly Recharge: four hours).
 * `rmssd-night-mean`: RMSSD over the whole night. `rmssd-morning`: a recording after waking. `rmssd-spot`, `sdnn-spot`: of
 * whenever the device had time to measure.
 */
export const METRIC_KINDS = [
  "rmssd-night-window",
  "rmssd-night-mean",
  "rmssd-morning",
  "rmssd-spot",
  "sdnn-spot",
] as const;
export type MetricKind = (typeof METRIC_KINDS)[number];
