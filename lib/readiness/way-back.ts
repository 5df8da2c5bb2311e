import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { isMailedLevel, levelOfBits } from "./level";
import type { ScoredSeries } from "./score";
import { scoreColumns } from "./score-columns";

/** What it takes to be back to normal where one night cannot do it. */
export type WayBack = {
  /** Highest valid reading of the last 60 days, ms: nobody can be asked for more than they reach. Null without one. */
  highest60Ms: number | null;
  /** The reading that stands for usual: exp of the baseline's mean, whole ms. */
  usualMs: number;
  /**
   * How many nights in a row at the usual end every mailed level, with the daily load of the last seven days; null where 14
   * do not, or that load is unknown.
   */
  nights: number | null;
};

const MOST_NIGHTS = 14;
const HIGHEST_OF_DAYS = 60;

/**
 * The way back from the day at `index`, whose baseline is defined: further nights at the athlete's usual are laid behind the
 * history and scored like any others.
 */
export function wayBackAt(series: ScoredSeries, index: number): WayBack {
  const mean = series.scored.base.mean[index]!;
  return {
    highest60Ms: highestOf(series, index),
    usualMs: Math.round(Math.exp(mean)),
    nights: nightsOf(series, index),
  };
}

function highestOf({ scored, columns }: ScoredSeries, index: number): number | null {
  const { x } = scored.gated;
  let highest: number | null = null;
  for (let t = Math.max(0, index - HIGHEST_OF_DAYS + 1); t <= index; t++)
    if (!Number.isNaN(x[t]!)) highest = Math.max(highest ?? 0, columns.rmssdMs[t]!);
  return highest;
}

function nightsOf(series: ScoredSeries, index: number): number | null {
  const { settings, columns, scored } = series;
  const week = columns.load.slice(Math.max(0, index - 6), index + 1);
  const known = week.filter((load) => !Number.isNaN(load));
  if (known.length === 0) return null;
  const load = known.reduce((sum, one) => sum + one, 0) / known.length;
  const further = extended(columns, { index, rmssdMs: Math.exp(scored.base.mean[index]!), load });
  const { rules } = scoreColumns(further, settings);
  for (let nights = 1; nights <= MOST_NIGHTS; nights++)
    if (!isMailedLevel(levelOfBits(rules.holds[index + nights]!, settings.preset))) return nights;
  return null;
}

/** The history up to the day, and the nights that might follow. */
function extended(
  { firstDay, rmssdMs, heartRateBpm, load, marks }: DayColumns,
  of: { index: number; rmssdMs: number; load: number },
): DayColumns {
  const kept = of.index + 1;
  const length = kept + MOST_NIGHTS;
  const column = (before: Float64Array, further: number) => {
    const values = new Float64Array(length).fill(further);
    values.set(before.subarray(0, kept));
    return values;
  };
  const laid: DayColumns = {
    firstDay,
    length,
    rmssdMs: column(rmssdMs, of.rmssdMs),
    heartRateBpm: column(heartRateBpm, Number.NaN),
    load: column(load, of.load),
    marks: new Uint8Array(length).fill(marks[of.index]! & MARK.morning),
  };
  laid.marks.set(marks.subarray(0, kept));
  // The load of the day itself is not over yet in the morning.
  if (Number.isNaN(laid.load[of.index]!)) laid.load[of.index] = of.load;
  return laid;
}
