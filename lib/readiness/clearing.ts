import { arena } from "./arena";
import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { LAMBDA, MEAN7, MEAN14, RULE_DEFAULTS, SUSPECT, VALID_RMSSD_MS } from "./constants";
import { driftWindows } from "./drift";
import { lnRmssd, suspectTest } from "./gate";
import { BLOCK_BIT, isMailedLevel, levelOfBits } from "./level";
import { rollingMean } from "./rolling-mean";
import { hasSettledLower, weekBits, weekRises } from "./rules";
import type { ScoredSeries } from "./score";
import { baselineBy } from "./score-columns";
import { fallsSignificantly, trend7 } from "./trend";

/** What would have to be measured for no mailed level to hold. */
export type TomorrowClearing = {
  /** Smallest whole ms tomorrow from which on no mailed level of the preset holds, whatever today's load; null: none would do. */
  rmssdMs: number | null;
  /** Largest whole load today with which R6 no longer holds tomorrow; null: rest today is not enough, or load cannot rise. */
  loadToday: number | null;
  /** False when R6 cannot hold tomorrow whatever today's load: an unknown day among the others, or too short a history. */
  loadCanRise: boolean;
};

/** The part of a morning that is settled before its reading comes. */
type Morning = {
  mean: number;
  sd: number;
  /** x of the six days before, NaN where missing or of another segment. */
  week: Float64Array;
  loadRises: boolean;
  /** R4 held on both days before. */
  lowBefore: boolean;
  /** Of the 13 days before, what the two-week mean counts. */
  fortnight: Float64Array;
  reference: { mean: number; sd: number };
  /** R7 held on both days before. */
  settledBefore: boolean;
  isSuspect: (x: number) => boolean;
};

/**
 * Smallest whole ms that, read on the day at `index` itself, would have kept every mailed level of the preset away
 * (as would every higher reading that is not suspect); null when none would.
 */
export function clearsToday(series: ScoredSeries, index: number): number | null {
  const { scored } = series;
  return clearingMs(series, {
    mean: scored.base.mean[index]!,
    sd: scored.base.sd[index]!,
    reference: { mean: scored.drift.reference.mean[index]!, sd: scored.drift.reference.sd[index]! },
    ...weekBefore(series, index),
    loadRises: (scored.rules.holds[index]! & BLOCK_BIT.R6) !== 0,
  });
}

/** What would clear it tomorrow, seen from the day at `index`, windows moved on by a day. */
export function clearsTomorrow(series: ScoredSeries, index: number): TomorrowClearing {
  const loadCanRise = canRise(series, index);
  const rmssdMs = clearingMs(series, {
    ...windowsTomorrow(series, index),
    ...weekBefore(series, index + 1),
    loadRises: loadCanRise,
  });
  return { rmssdMs, loadToday: loadCanRise ? largestLoad(series, index) : null, loadCanRise };
}

function clearingMs(series: ScoredSeries, morning: Morning): number | null {
  let clearing: number | null = null;
  // From above, because a reading of "x or more" is what is promised.
  for (let ms = VALID_RMSSD_MS.max; ms >= VALID_RMSSD_MS.min; ms--) {
    const x = lnRmssd(ms);
    if (morning.isSuspect(x)) {
      if (clearing === null) continue;
      break;
    }
    if (isMailedLevel(levelOfBits(bitsWith(morning, x), series.settings.preset))) break;
    clearing = ms;
  }
  return clearing;
}

function bitsWith(morning: Morning, x: number): number {
  const week = Float64Array.of(...morning.week, x);
  const space = arena(week.length);
  const starts = space.ints();
  const mean7 = rollingMean(week, starts, MEAN7, space);
  const trend = trend7(week, starts, mean7.n, space);
  const bits =
    (morning.sd > 0 && (x - morning.mean) / morning.sd < -1 ? BLOCK_BIT.R1 : 0) |
    weekBits(mean7.mean[6]!, morning.mean, morning.sd) |
    (fallsSignificantly(trend.t[6]!, trend.n[6]!) ? BLOCK_BIT.R5 : 0) |
    (morning.loadRises ? BLOCK_BIT.R6 : 0);
  return (
    bits |
    (bits & BLOCK_BIT.R4 && morning.lowBefore ? BLOCK_BIT.lowThreeDays : 0) |
    (morning.settledBefore && staysSettled(morning, x) ? BLOCK_BIT.settledLower : 0)
  );
}

function staysSettled({ fortnight, reference }: Morning, x: number): boolean {
  const n = fortnight.length + 1;
  if (n < MEAN14.minValid || !(reference.sd > 0)) return false;
  const mean14 = (fortnight.reduce((sum, value) => sum + value, 0) + x) / n;
  return hasSettledLower(mean14, reference.mean, reference.sd);
}

function weekBefore(
  { columns, scored }: ScoredSeries,
  index: number,
): Pick<Morning, "week" | "lowBefore" | "fortnight" | "settledBefore" | "isSuspect"> {
  const start = scored.starts[Math.min(index, scored.starts.length - 1)]!;
  const { x } = scored.gated;
  const holds = scored.rules.holds;
  const heldTwice = (bit: number) => index >= 2 && (holds[index - 1]! & holds[index - 2]! & bit) !== 0;
  const first = Math.max(start, index - MEAN14.days + 1);
  return {
    week: Float64Array.from({ length: 6 }, (_, i) =>
      index - 6 + i >= start ? x[index - 6 + i]! : Number.NaN,
    ),
    lowBefore: heldTwice(BLOCK_BIT.R4),
    fortnight: x
      .slice(first, index)
      .filter((value, i) => !Number.isNaN(value) && !(columns.marks[first + i]! & MARK.excluded)),
    settledBefore: heldTwice(BLOCK_BIT.R7),
    isSuspect: suspectTest(x, { from: Math.max(start, index - SUSPECT.days), to: index }),
  };
}

function windowsTomorrow(
  { columns, scored, settings }: ScoredSeries,
  index: number,
): Pick<Morning, "mean" | "sd" | "reference"> {
  const length = index + 2;
  const x = new Float64Array(length).fill(Number.NaN);
  x.set(scored.gated.x.subarray(0, index + 1));
  const starts = new Int32Array(length).fill(scored.starts[index]!);
  starts.set(scored.starts.subarray(0, index + 1));
  const marks = new Uint8Array(length);
  marks.set(columns.marks.subarray(0, index + 1));
  const longer: DayColumns = { ...columns, length, marks };
  const space = arena(length);
  const base = baselineBy(settings, longer, { starts, x }, space);
  const { reference } = driftWindows(longer, { starts, x }, space);
  const tomorrow = ({ mean, sd }: typeof base) => ({ mean: mean[index + 1]!, sd: sd[index + 1]! });
  return { ...tomorrow(base), reference: tomorrow(reference) };
}

/** R6 tomorrow needs 14 days up to today; all but today must be known already. */
function canRise({ columns, scored }: ScoredSeries, index: number): boolean {
  if (index < 13 || scored.load.known7[index - 6] !== 7) return false;
  return columns.load.subarray(index - 6, index).every((load) => !Number.isNaN(load));
}

function largestLoad({ columns, scored, settings }: ScoredSeries, index: number): number | null {
  const { loadRisePercent = RULE_DEFAULTS.loadRisePercent } = settings;
  const { sum7, ewma7, ewma28 } = scored.load;
  const acute = ewma7[index]!;
  const chronic = ewma28[index]!;
  const sum6 = columns.load.subarray(index - 6, index).reduce((sum, load) => sum + load, 0);
  const rises = (load: number) =>
    weekRises(sum6 + load, sum7[index - 6]!, loadRisePercent) &&
    acute + LAMBDA.acute * (load - acute) > chronic + LAMBDA.chronic * (load - chronic);
  const bySum = ((100 + loadRisePercent) * sum7[index - 6]!) / 100 - sum6;
  const byMean =
    (chronic * (1 - LAMBDA.chronic) - acute * (1 - LAMBDA.acute)) / (LAMBDA.acute - LAMBDA.chronic);
  // One above the solution, then down: the comparison itself decides at the last digit.
  let load = Math.floor(Math.max(bySum, byMean)) + 1;
  while (load >= 0 && rises(load)) load--;
  return load >= 0 ? load : null;
}
