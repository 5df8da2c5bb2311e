/** The method of docs/method read literally: every window summed afresh, no running state. For comparison in tests. */

import type { DayInput, ReadinessInput, Truth } from "../../../lib/readiness/types";
import { epochDayOf } from "../../../lib/time/civil-date";

type Row = { day: DayInput | undefined; start: number; change: "device" | "source" | null };
type LiteralDay = {
  x: number | null;
  suspect: boolean;
  n: number;
  mean: number | null;
  sd: number | null;
  z: number | null;
  mean7: number | null;
  mean28: number | null;
  slope: number | null;
  rules: Record<"R1" | "R2" | "R3" | "R4" | "R5" | "R6", Truth>;
  reason: string | null;
  level: string;
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

/** Scores days one by one; slow on purpose. */
export function literalScore({ settings, days }: ReadinessInput): LiteralDay[] {
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
    return { day, ...segment };
  });
}

function scoreOne(
  rows: Row[],
  before: LiteralDay[],
  { t, baselineDays, preset }: { t: number; baselineDays: number; preset: string },
): LiteralDay {
  const row = rows[t]!;
  const window = (from: number, to: number) => {
    const first = Math.max(from, row.start, 0);
    return before.slice(first, to + 1).map(({ x }, i) => ({ x, i: first + i }));
  };
  const rmssd = row.day?.rmssdMs;
  const inRange = present(rmssd) && rmssd >= 5 && rmssd <= 250;
  const raw = inRange ? Math.log(rmssd) : null;
  const suspect =
    raw !== null && row.day?.confirmed !== true && isSuspect(raw, values(window(t - 60, t - 1)));
  const x = suspect ? null : raw;
  const base = values(window(t - baselineDays, t - 1).filter((day) => !rows[day.i]!.day?.excluded));
  const graded = base.length >= 14;
  const mean = graded ? average(base) : null;
  const constant = graded && base.every((value) => value === base[0]);
  const sd =
    mean === null
      ? null
      : constant
        ? 0
        : Math.sqrt(base.reduce((s, v) => s + (v - mean) ** 2, 0) / (base.length - 1));
  const z = x === null || mean === null || !sd ? null : (x - mean) / sd;
  const week = [...window(t - 6, t - 1).map((day) => ({ k: day.i - (t - 6), x: day.x })), { k: 6, x }].filter(
    (point): point is { k: number; x: number } => point.x !== null,
  );
  const month = [...values(window(t - 27, t - 1)), ...(x === null ? [] : [x])];
  const mean7 = week.length >= 4 ? average(week.map((point) => point.x)) : null;
  const line = week.length >= 4 ? lineOf(week) : null;
  const R1: Truth = z === null ? null : z < -1;
  const low = [z, before[t - 1]?.z, before[t - 2]?.z].filter((value) => present(value) && value < -1).length;
  const weekKnown = mean7 !== null && mean !== null && sd !== null;
  const R3: Truth = weekKnown ? mean7 < mean - 0.5 * sd : null;
  const R4: Truth = weekKnown ? mean7 < mean - sd : null;
  const R5: Truth = line ? line.falls : null;
  const R6 = loadRises(rows.slice(0, t));
  const rules = { R1, R2: R1 === null ? null : R1 && low >= 2, R3, R4, R5, R6 };
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
    slope: line?.slope ?? null,
    rules,
    reason,
    level: reason === null ? levelOf() : "no-verdict",
  };

  function levelOf(): string {
    const below = weekKnown && mean7 < mean;
    const lowThree = R4 === true && before[t - 1]?.rules.R4 === true && before[t - 2]?.rules.R4 === true;
    if (preset === "brief" ? R5 && R6 && below : R6 && (R4 || (R3 && R5))) return "recovery";
    if (preset === "brief" ? R1 && R6 : preset === "balanced" && R1 && R5 && R6) return "flag";
    if (lowThree) return "unexplained";
    if (R1 || R3 || (R5 && below) || (R5 && R6)) return "watch";
    return weekKnown && mean7 > mean + sd ? "high" : "steady";
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

function loadRises(past: Row[]): Truth {
  const loads = past.map((row) => (present(row.day?.load) && row.day.load >= 0 ? row.day.load : null));
  const fortnight = loads.slice(-14).filter(present);
  if (fortnight.length < 14) return null;
  const sum = (part: number[]) => part.reduce((total, load) => total + load, 0);
  const ewma = (n: number) =>
    loads
      .filter(present)
      .reduce((mean, load, i) => (i === 0 ? load : mean + (2 / (n + 1)) * (load - mean)), 0);
  return sum(fortnight.slice(7)) > sum(fortnight.slice(0, 7)) && ewma(7) > ewma(28);
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
