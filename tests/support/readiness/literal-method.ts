/** The method of docs/method read literally: every window summed afresh, no running state. For comparison in tests. */

import type { DayInput, ReadinessInput, Truth } from "../../../lib/readiness/types";
import { epochDayOf } from "../../../lib/time/civil-date";

type Row = { epochDay: number; day: DayInput | undefined; start: number; change: "device" | "source" | null };
type LiteralDay = {
  x: number | null;
  suspect: boolean;
  n: number;
  mean: number | null;
  sd: number | null;
  z: number | null;
  mean7: number | null;
  mean28: number | null;
  mean14: number | null;
  reference: { n: number; mean: number | null; sd: number | null };
  slope: number | null;
  changePercent: number | null;
  sd7Percent: number | null;
  companion: {
    heartRate: { n: number; mean: number | null; sd: number | null };
    zHr: number | null;
    pattern: string | null;
  };
  rules: Record<"R1" | "R2" | "R3" | "R4" | "R5" | "R6" | "R7", Truth>;
  reason: string | null;
  levels: string[];
};

// About the first value, so that the mean of equal values is exactly that value.
const average = ([first = Number.NaN, ...rest]: number[]) =>
  first + rest.reduce((sum, value) => sum + (value - first), 0) / (rest.length + 1);
const median = (values: number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!;
};
const present = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

/** Sample SD; exactly 0 for equal values. */
const spread = (values: number[]) => {
  if (values.every((value) => value === values[0])) return 0;
  const mean = average(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

type LiteralSettings = ReadinessInput["settings"] & {
  /** As the command takes it: a date, some, or none. */
  referenceFrom?: string | readonly string[] | null;
};

/** Scores days one by one; slow on purpose. */
export function literalScore({
  settings,
  days,
}: {
  settings: LiteralSettings;
  days: readonly DayInput[];
}): LiteralDay[] {
  const rows = rowsOf(days);
  const scored: LiteralDay[] = [];
  for (let t = 0; t < rows.length; t++) scored.push(scoreOne(rows, scored, { t, ...settings }));
  return scored;
}

function rowsOf(days: readonly DayInput[]): Row[] {
  const first = Math.min(...days.map((day) => epochDayOf(day.date)));
  const last = Math.max(...days.map((day) => epochDayOf(day.date)));
  const byDay = new Map(days.map((day) => [epochDayOf(day.date) - first, day]));
  let device: string | undefined;
  let source = byDay.get(0)?.source ?? "nightly";
  let segment: Pick<Row, "start" | "change"> = { start: 0, change: null };
  return Array.from({ length: last - first + 1 }, (_, t) => {
    const day = byDay.get(t);
    const newDevice = present(day?.deviceId) && present(device) && day.deviceId !== device;
    const newSource = present(day?.source) && day.source !== source;
    device = day?.deviceId ?? device;
    source = day?.source ?? source;
    if (newDevice || newSource) segment = { start: t, change: newDevice ? "device" : "source" };
    return { epochDay: first + t, day, ...segment };
  });
}

function scoreOne(
  rows: Row[],
  before: LiteralDay[],
  {
    t,
    baselineDays,
    baselineMethod,
    preset,
    loadRisePercent = 5,
    drift = true,
    referenceFrom = null,
  }: LiteralSettings & { t: number },
): LiteralDay {
  const row = rows[t]!;
  const window = (from: number, to: number) => {
    const first = Math.max(from, row.start, 0);
    return before.slice(first, Math.max(first, to + 1)).map(({ x }, i) => ({ x, i: first + i }));
  };
  const rmssd = row.day?.rmssdMs;
  const inRange = present(rmssd) && rmssd >= 5 && rmssd <= 250;
  const raw = inRange ? Math.log(rmssd) : null;
  const suspect =
    raw !== null && row.day?.confirmed !== true && isSuspect(raw, values(window(t - 60, t - 1)));
  const x = suspect ? null : raw;
  const base = values(window(t - baselineDays, t - 1).filter((day) => !rows[day.i]!.day?.excluded));
  const graded = base.length >= 14;
  const robust = baselineMethod === "median-mad";
  const mean = !graded ? null : robust ? median(base) : average(base);
  const sd =
    mean === null ? null : robust ? 1.4826 * median(base.map((v) => Math.abs(v - mean))) : spread(base);
  const z = x === null || mean === null || !sd ? null : (x - mean) / sd;
  const week = [...window(t - 6, t - 1).map((day) => ({ k: day.i - (t - 6), x: day.x })), { k: 6, x }].filter(
    (point): point is { k: number; x: number } => point.x !== null,
  );
  const month = [...values(window(t - 27, t - 1)), ...(x === null ? [] : [x])];
  const mean7 = week.length >= 4 ? average(week.map((point) => point.x)) : null;
  const line = week.length >= 4 ? lineOf(week) : null;
  const isIn = (i: number) => !rows[i]!.day?.excluded;
  const fortnight = [
    ...values(window(t - 13, t - 1).filter((day) => isIn(day.i))),
    ...(x !== null && isIn(t) ? [x] : []),
  ];
  const mean14 = fortnight.length >= 8 ? average(fortnight) : null;
  const accepted = [referenceFrom ?? []]
    .flat()
    .map((date) => epochDayOf(date) - rows[0]!.epochDay)
    .filter((day) => day <= t);
  const then = values(window(Math.max(t - 90, ...accepted), t - 31).filter((day) => isIn(day.i)));
  const reference = {
    n: then.length,
    mean: then.length >= 30 ? average(then) : null,
    sd: then.length >= 30 ? spread(then) : null,
  };
  const R7: Truth =
    drift && mean14 !== null && reference.mean !== null && reference.sd! > 0
      ? mean14 < reference.mean - reference.sd!
      : null;
  const R1: Truth = z === null ? null : z < -1;
  const low = [z, before[t - 1]?.z, before[t - 2]?.z].filter((value) => present(value) && value < -1).length;
  const weekKnown = mean7 !== null && mean !== null && sd !== null;
  const R3: Truth = weekKnown ? mean7 < mean - 0.5 * sd : null;
  const R4: Truth = weekKnown ? mean7 < mean - sd : null;
  const R5: Truth = line ? line.falls : null;
  const R6 = loadRises(rows.slice(0, t), loadRisePercent);
  const rules = { R1, R2: R1 === null ? null : R1 && low >= 2, R3, R4, R5, R6, R7 };
  const reason = reasonOf({ row, t, rmssd, inRange, suspect, n: base.length });
  return {
    x,
    suspect,
    n: base.length,
    mean,
    sd,
    z,
    mean7,
    mean28: month.length >= 14 ? average(month) : null,
    mean14,
    reference,
    slope: line?.slope ?? null,
    changePercent: loadChange(rows.slice(0, t)),
    sd7Percent: week.length >= 4 ? 100 * spread(week.map((point) => point.x)) : null,
    companion: companionOf(),
    rules,
    reason,
    levels: reason === null ? levelsOf() : ["no-verdict"],
  };

  function levelsOf(): string[] {
    const below = weekKnown && mean7 < mean;
    const lowThree = (["R4", "R7"] as const).some(
      (rule) => rules[rule] && before[t - 1]?.rules[rule] && before[t - 2]?.rules[rule],
    );
    const held = {
      recovery: preset === "brief" ? R5 && R6 && below : R6 && (R4 || (R3 && R5)),
      flag: preset === "brief" ? R1 && R6 : preset === "balanced" && R1 && R5 && R6,
      unexplained: lowThree,
      watch: R1 || R3 || (R5 && below) || (R5 && R6),
      high: weekKnown && mean7 > mean + sd,
    };
    const levels = Object.entries(held).flatMap(([level, holds]) => (holds ? [level] : []));
    return levels.length > 0 ? levels : ["steady"];
  }

  function companionOf(): LiteralDay["companion"] {
    const first = Math.max(t - baselineDays, row.start);
    const known = rows
      .slice(first, t)
      .filter((_, i) => isIn(first + i))
      .map(({ day }) => heartRateOf(day))
      .filter(present);
    const hr = heartRateOf(row.day);
    const enough = known.length >= 14;
    const centre = enough ? average(known) : null;
    const scatter = enough ? spread(known) : null;
    const zHr = hr === null || centre === null || !scatter ? null : (hr - centre) / scatter;
    return { heartRate: { n: known.length, mean: centre, sd: scatter }, zHr, pattern: patternOf(zHr) };
  }

  function patternOf(zHr: number | null): string | null {
    if (z === null || zHr === null) return null;
    if (z < -1 && zHr > 1) return "hr-up";
    return z < -1 && zHr < -1 ? "hr-down" : "usual";
  }
}

function values(days: { x: number | null }[]): number[] {
  return days.map((day) => day.x).filter(present);
}

function isSuspect(x: number, earlier: number[]): boolean {
  if (earlier.length < 14) return false;
  const middle = median(earlier);
  const mad = median(earlier.map((value) => Math.abs(value - middle)));
  return Math.abs(x - middle) > 4 * 1.4826 * mad && Math.abs(x - middle) > 0.56;
}

function lineOf(points: { k: number; x: number }[]): { slope: number; falls: boolean } {
  const kMean = average(points.map((point) => point.k));
  const xMean = average(points.map((point) => point.x));
  const spread = points.reduce((sum, point) => sum + (point.k - kMean) ** 2, 0);
  const slope = points.reduce((sum, point) => sum + (point.k - kMean) * (point.x - xMean), 0) / spread;
  const residual = points.reduce((sum, point) => sum + (point.x - xMean - slope * (point.k - kMean)) ** 2, 0);
  const critical = [0, 3.0776835, 1.8856181, 1.6377444, 1.5332063, 1.475884][points.length - 2]!;
  return {
    slope,
    falls: slope < 0 && slope / Math.sqrt(residual / (points.length - 2) / spread) < -critical,
  };
}

const loadsOf = (rows: Row[]) =>
  rows.map((row) => (present(row.day?.load) && row.day.load >= 0 ? row.day.load : null));
const sum = (part: number[]) => part.reduce((total, load) => total + load, 0);

function heartRateOf(day: DayInput | undefined): number | null {
  const hr = day?.heartRateBpm;
  return present(hr) && hr >= 25 && hr <= 120 ? hr : null;
}

function loadChange(past: Row[]): number | null {
  const fortnight = loadsOf(past).slice(-14).filter(present);
  if (fortnight.length < 14) return null;
  const before = sum(fortnight.slice(0, 7));
  return before === 0 ? null : (100 * (sum(fortnight.slice(7)) - before)) / before;
}

function loadRises(past: Row[], percent: number): Truth {
  const loads = loadsOf(past);
  const fortnight = loads.slice(-14).filter(present);
  if (fortnight.length < 14) return null;
  const ewma = (n: number) =>
    loads
      .filter(present)
      .reduce((mean, load, i) => (i === 0 ? load : mean + (2 / (n + 1)) * (load - mean)), 0);
  return 100 * sum(fortnight.slice(7)) > (100 + percent) * sum(fortnight.slice(0, 7)) && ewma(7) > ewma(28);
}

function reasonOf(day: {
  row: Row;
  t: number;
  rmssd: number | null | undefined;
  inRange: boolean;
  suspect: boolean;
  n: number;
}): string | null {
  if (!present(day.rmssd)) return "no-reading";
  if (!day.inRange) return "invalid";
  if (day.suspect) return "suspect";
  if (day.row.change && day.t - day.row.start < 14) return `${day.row.change}-changed`;
  if (day.n < 14) return "baseline-building";
  return day.row.day?.excluded ? "excluded" : null;
}
