import type { Arena } from "./arena";
import { arena } from "./arena";
import type { Baseline } from "./baseline";
import { baseline, baselineWindow } from "./baseline";
import type { DayColumns } from "./columns";
import { segmentStarts } from "./columns";
import { MEAN7, MEAN28 } from "./constants";
import { type DriftWindows, driftWindows } from "./drift";
import type { GatedSeries } from "./gate";
import { gate } from "./gate";
import type { LoadWindows } from "./load-windows";
import { loadWindows } from "./load-windows";
import { madeRobust } from "./robust-baseline";
import type { RollingMean } from "./rolling-mean";
import { rollingMean } from "./rolling-mean";
import type { RuleColumns } from "./rules";
import { rules } from "./rules";
import type { Trend } from "./trend";
import { trend7 } from "./trend";
import type { ReadinessSettings } from "./types";
import { verdictReasons } from "./verdict";

/** Everything the method says about an athlete's history, day by day; presets choose among the blocks afterwards. */
export type ScoredColumns = {
  starts: Int32Array;
  gated: GatedSeries;
  base: Baseline;
  mean7: RollingMean;
  mean28: RollingMean;
  trend: Trend;
  drift: DriftWindows;
  load: LoadWindows;
  rules: RuleColumns;
  /** Index into REASONS: 0 for a day with a verdict. */
  reasons: Uint8Array;
};

/** What scoring needs of a squad's settings: presets choose among the blocks afterwards. */
export type ScoringSettings = Omit<ReadinessSettings, "preset">;

/** One forward pass over one athlete's whole history; no day looks at a later one. */
export function scoreColumns(columns: DayColumns, settings: ScoringSettings): ScoredColumns {
  const space = arena(columns.length);
  const starts = segmentStarts(columns, space);
  const gated = gate(columns, starts, space);
  const { x, reading } = gated;
  const base = baselineBy(settings, columns, { starts, x }, space);
  const mean7 = rollingMean(x, starts, MEAN7, space);
  const mean28 = rollingMean(x, starts, MEAN28, space);
  const trend = trend7(x, starts, mean7.n, space);
  const drift = driftWindows(columns, { starts, x }, space);
  const load = loadWindows(columns.load, space);
  return {
    starts,
    gated,
    base,
    mean7,
    mean28,
    trend,
    drift,
    load,
    rules: rules(x, { base, mean7, trend, drift, load }, settings, space),
    reasons: verdictReasons(columns, { starts, reading, base }, space),
  };
}

/** Mean and SD, or median and MAD where the squad chose them. */
export function baselineBy(
  { baselineDays: days, baselineMethod }: Pick<ReadinessSettings, "baselineDays" | "baselineMethod">,
  columns: DayColumns,
  series: { starts: Int32Array; x: Float64Array },
  space: Arena,
): Baseline {
  const base = baseline(columns, series.x, baselineWindow(days), space);
  return baselineMethod === "median-mad" ? madeRobust(columns, { ...series, days }, base) : base;
}
