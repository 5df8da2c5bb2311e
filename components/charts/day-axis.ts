import { range } from "d3-array";
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { mondaysBetween } from "@/components/format/dates";
import { type CivilDate, daysBetween } from "@/lib/time/civil-date";

/** Width of the stretched drawing space of every lane. */
export const SPACE = 1000;

/** The time axis that all lanes share: one column per civil day. */
export type DayAxis = { from: CivilDate; days: number; x: (column: number) => number };

/** An axis of so many days, the first of them `from`. */
export function dayAxis(from: CivilDate, days: number): DayAxis {
  return { from, days, x: scaleLinear([0, days], [0, SPACE]) };
}

/** Middle of a day's column in drawing units. */
export function xOf(axis: DayAxis, date: CivilDate): number {
  return round(axis.x(daysBetween(axis.from, date) + 0.5));
}

/** The same in percent of the lane's width. */
export function percentOf(axis: DayAxis, date: CivilDate): string {
  return `${round(xOf(axis, date) / (SPACE / 100))}%`;
}

/** Mondays to mark: every one to eight weeks, about eight in all. */
export function mondaysOf(axis: DayAxis, to: CivilDate): CivilDate[] {
  return mondaysBetween(axis.from, to, Math.max(1, Math.round(axis.days / 56)));
}

/** Consecutive days with a value become one line; gaps break it. */
export function linePath<T extends { date: CivilDate }>(
  axis: DayAxis,
  days: readonly T[],
  yOf: (day: T) => number | null,
): string {
  const points = placed(axis, days, yOf);
  return (
    line<Placed<number>>(
      ({ x }) => x,
      ({ y }) => y ?? 0,
    )
      .defined(isKnown)
      .digits(1)(points) ?? ""
  );
}

/** Every value as a zero-length stroke: with round caps a dot, in one path. */
export function dotsPath<T extends { date: CivilDate }>(
  axis: DayAxis,
  days: readonly T[],
  yOf: (day: T) => number | null,
): string {
  return placed(axis, days, yOf)
    .map(({ x, y }) => (y === null ? "" : `M${x} ${round(y)}h0`))
    .join("");
}

/** The area between two lines, in as many pieces as there are unbroken runs. */
export function bandPath<T extends { date: CivilDate }>(
  axis: DayAxis,
  days: readonly T[],
  yOf: (day: T) => { top: number; bottom: number } | null,
): string {
  const band = area<Placed<{ top: number; bottom: number }>>()
    .x(({ x }) => x)
    .y0(({ y }) => y?.bottom ?? 0)
    .y1(({ y }) => y?.top ?? 0);
  return band.defined(isKnown).digits(1)(placed(axis, days, yOf)) ?? "";
}

type Placed<Y> = { x: number; y: Y | null };

const isKnown = ({ y }: Placed<unknown>) => y !== null;

/** Days at their places, with an unknown one wherever days are missing between two, so that nothing is drawn across them. */
function placed<T extends { date: CivilDate }, Y>(
  axis: DayAxis,
  days: readonly T[],
  yOf: (day: T) => Y | null,
): Placed<Y>[] {
  return days.flatMap((day, i) => {
    const x = xOf(axis, day.date);
    const before = days[i - 1];
    const isAfterGap = before !== undefined && daysBetween(before.date, day.date) !== 1;
    return [...(isAfterGap ? [{ x, y: null }] : []), { x, y: yOf(day) }];
  });
}

/** Round numbers between two values for a logarithmic axis in ms. */
export function msTicks(lowMs: number, highMs: number): number[] {
  const step = [5, 10, 20, 25, 50].find((size) => (highMs - lowMs) / size <= 6) ?? 100;
  return range(Math.ceil(lowMs / step) * step, highMs + 1e-9, step);
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
