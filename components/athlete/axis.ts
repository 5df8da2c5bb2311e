import { mondaysBetween } from "@/components/format/dates";
import { type CivilDate, daysBetween, epochDayOf } from "@/lib/time/civil-date";

/** Width of the stretched drawing space of every lane. */
export const SPACE = 1000;

/** The time axis that all lanes share: one column per civil day. */
export type TimeAxis = { from: CivilDate; days: number };

/** Middle of a day's column in drawing units. */
export function xOf(axis: TimeAxis, date: CivilDate): number {
  return round(((daysBetween(axis.from, date) + 0.5) / axis.days) * SPACE);
}

/** The same in percent of the lane's width. */
export function percentOf(axis: TimeAxis, date: CivilDate): string {
  return `${round(xOf(axis, date) / (SPACE / 100))}%`;
}

/** Mondays to mark: every one to eight weeks, about eight in all. */
export function ticksOf(axis: TimeAxis, to: CivilDate): CivilDate[] {
  return mondaysBetween(axis.from, to, Math.max(1, Math.round(axis.days / 56)));
}

/** Consecutive days with a value become one line; gaps break it. */
export function linePath<T extends { date: CivilDate }>(
  axis: TimeAxis,
  days: readonly T[],
  yOf: (day: T) => number | null,
): string {
  let before = Number.NaN;
  return days
    .map((day) => {
      const y = yOf(day);
      if (y === null) return "";
      const at = epochDayOf(day.date);
      const command = at - before === 1 ? "L" : "M";
      before = at;
      return `${command}${xOf(axis, day.date)} ${round(y)}`;
    })
    .join("");
}

/** Every value as a zero-length stroke: with round caps a dot, in one path. */
export function dotsPath<T extends { date: CivilDate }>(
  axis: TimeAxis,
  days: readonly T[],
  yOf: (day: T) => number | null,
): string {
  return days
    .map((day) => {
      const y = yOf(day);
      return y === null ? "" : `M${xOf(axis, day.date)} ${round(y)}h0`;
    })
    .join("");
}

/** The area between two lines, in as many pieces as there are unbroken runs. */
export function bandPath<T extends { date: CivilDate }>(
  axis: TimeAxis,
  days: readonly T[],
  yOf: (day: T) => { top: number; bottom: number } | null,
): string {
  const runs: { x: number; top: number; bottom: number }[][] = [];
  let before = Number.NaN;
  for (const day of days) {
    const y = yOf(day);
    if (!y) continue;
    const at = epochDayOf(day.date);
    if (at - before !== 1) runs.push([]);
    before = at;
    runs.at(-1)?.push({ x: xOf(axis, day.date), ...y });
  }
  return runs.map(runPath).join("");
}

function runPath(run: readonly { x: number; top: number; bottom: number }[]): string {
  const tops = run.map(({ x, top }) => `${x} ${round(top)}`);
  const bottoms = run.toReversed().map(({ x, bottom }) => `${x} ${round(bottom)}`);
  return `M${[...tops, ...bottoms].join("L")}Z`;
}

/** Round numbers between two values for a logarithmic axis in ms. */
export function msTicks(lowMs: number, highMs: number): number[] {
  const step = [5, 10, 20, 25, 50].find((size) => (highMs - lowMs) / size <= 6) ?? 100;
  const ticks: number[] = [];
  for (let ms = Math.ceil(lowMs / step) * step; ms <= highMs; ms += step) ticks.push(ms);
  return ticks;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
