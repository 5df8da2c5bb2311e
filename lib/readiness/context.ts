import { MARK } from "./columns";
import { sd7PercentAt } from "./companion";
import { DRIFT, SUSPECT, TREND } from "./constants";
import { READING } from "./gate";
import { robustCentreAt } from "./robust-baseline";
import { mannKendall, theilSenSlope } from "./robust-trend";
import type { ScoredSeries } from "./score";

/** What stands beside a verdict and changes none: to be read with it. */
export type DayContext = {
  /** Where the variation of the last 7 days stands among those of the athlete's last 60 days, 0 to 100; null below 4 nights. */
  sd7Percentile: number | null;
  /** The seven-day trend by Theil-Sen's slope and Mann-Kendall's test, beside the least squares of R5; null below 4 valid days. */
  robustTrend: { slopePerDay: number; pOneSidedFalling: number } | null;
  drift: Drift;
  robust: RobustCheck | null;
  /** The day stands in the days after a jump of time zones. */
  travel: boolean;
  /** This reading and yesterday's are both suspect, on the same side and near each other: it may be illness rather than a sensor. */
  suspectPair: boolean;
};

/** The slope of x over the 60 days that end yesterday; `changeSd` is 60 times it in SDs of the baseline. */
export type Drift = { slopePerDay: number | null; changeSd: number | null; drifting: boolean };

/** The day held against median and 1.4826 x MAD; `disagrees` when R1 would then say the opposite. */
export type RobustCheck = { centre: number; spread: number; z: number | null; disagrees: boolean };

const SD7_PERCENTILE_DAYS = 60;

/** The context of the day at `index` of a scored history; it looks at no later day. */
export function contextAt(series: ScoredSeries, index: number): DayContext {
  return {
    sd7Percentile: sd7PercentileAt(series, index),
    robustTrend: robustTrendAt(series, index),
    drift: driftAt(series, index),
    robust: robustAt(series, index),
    travel: (series.columns.marks[index]! & MARK.travel) !== 0,
    suspectPair: isSuspectPair(series, index),
  };
}

/** Ties count half, so that a week like every other stands in the middle. */
function sd7PercentileAt({ scored }: ScoredSeries, index: number): number | null {
  const today = sd7PercentAt(scored, index);
  if (today === null) return null;
  const from = Math.max(scored.starts[index]!, index - SD7_PERCENTILE_DAYS + 1);
  let below = 0;
  let known = 0;
  for (let day = from; day <= index; day++) {
    const value = sd7PercentAt(scored, day);
    if (value === null) continue;
    known++;
    if (value < today) below++;
    else if (value === today) below += 0.5;
  }
  return (100 * below) / known;
}

function robustTrendAt({ scored }: ScoredSeries, index: number): DayContext["robustTrend"] {
  const from = index - TREND.days + 1;
  const week = Array.from({ length: TREND.days }, (_, i) => {
    const x = from + i < scored.starts[index]! ? Number.NaN : scored.gated.x[from + i]!;
    return Number.isNaN(x) ? null : x;
  });
  const slopePerDay = theilSenSlope(week);
  const test = mannKendall(week);
  return slopePerDay === null || test === null
    ? null
    : { slopePerDay, pOneSidedFalling: test.pOneSidedFalling };
}

function driftAt({ columns, scored }: ScoredSeries, index: number): Drift {
  const sd = scored.base.sd[index]!;
  const slopePerDay = slopeOf(
    scored.gated.x,
    { from: Math.max(scored.starts[index]!, index - DRIFT.days), to: index },
    (day) => (columns.marks[day]! & MARK.excluded) !== 0,
  );
  const changeSd = slopePerDay === null || !(sd > 0) ? null : (slopePerDay * DRIFT.days) / sd;
  return { slopePerDay, changeSd, drifting: changeSd !== null && Math.abs(changeSd) > DRIFT.changeSd };
}

/** Least squares of x on the day; null below 30 values. */
function slopeOf(
  x: Float64Array,
  window: { from: number; to: number },
  isLeftOut: (day: number) => boolean,
): number | null {
  let n = 0;
  let days = 0;
  let sum = 0;
  for (let day = window.from; day < window.to; day++) {
    if (Number.isNaN(x[day]) || isLeftOut(day)) continue;
    n++;
    days += day;
    sum += x[day]!;
  }
  if (n < DRIFT.minValid) return null;
  let spread = 0;
  let product = 0;
  for (let day = window.from; day < window.to; day++) {
    if (Number.isNaN(x[day]) || isLeftOut(day)) continue;
    spread += (day - days / n) ** 2;
    product += (day - days / n) * (x[day]! - sum / n);
  }
  return product / spread;
}

function robustAt({ columns, scored, settings }: ScoredSeries, index: number): RobustCheck | null {
  const { starts, gated, rules } = scored;
  const robust = robustCentreAt(columns, { starts, x: gated.x, days: settings.baselineDays }, index);
  if (!robust) return null;
  const x = gated.x[index]!;
  const z = Number.isNaN(x) || robust.spread === 0 ? null : (x - robust.centre) / robust.spread;
  const classic = rules.z[index]!;
  return { ...robust, z, disagrees: z !== null && !Number.isNaN(classic) && z < -1 !== classic < -1 };
}

function isSuspectPair({ columns, scored }: ScoredSeries, index: number): boolean {
  const { reading } = scored.gated;
  if (reading[index] !== READING.suspect || reading[index - 1] !== READING.suspect) return false;
  // A suspect value lies further than `minDistance` from the usual: closer to each other than that, both stand on one side.
  return (
    scored.starts[index] === scored.starts[index - 1] &&
    Math.abs(Math.log(columns.rmssdMs[index]! / columns.rmssdMs[index - 1]!)) < SUSPECT.minDistance
  );
}
