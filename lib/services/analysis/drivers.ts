import type { DriverDay } from "@/db/queries/analysis";
import { type Association, associations } from "@/lib/analysis/associations";
import { type DailySeries, lagged } from "@/lib/analysis/correlate";
import type { HrvSource } from "@/lib/readiness/types";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";

export type DriverId =
  | "load"
  | "load-earlier"
  | "sleep-duration"
  | "sleep-quality"
  | "life-stress"
  | "fatigue"
  | "soreness";

type Measure = {
  id: DriverId;
  lags: readonly number[];
  value: (day: DriverDay, before: DriverDay | undefined) => number | null;
};

// Night t follows the training of day t - 1; a morning's answers tell of the night just past. Few rows on purpose: with
// N days p by circular shifts is at least 1 / 2N, and Holm multiplies it by the number of rows.
const MEASURES: readonly Measure[] = [
  { id: "load", lags: [1], value: (day) => day.load },
  { id: "load-earlier", lags: [2], value: (day, before) => meanOf(day.load, before?.load ?? null) },
  { id: "sleep-duration", lags: [0], value: (day) => day.asleepS },
  { id: "sleep-quality", lags: [0], value: (day) => day.sleepQuality },
  { id: "life-stress", lags: [0, 1], value: (day) => day.lifeStress },
  { id: "fatigue", lags: [0], value: (day) => day.fatigue },
  { id: "soreness", lags: [0], value: (day) => day.soreness },
];

function meanOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : (a + b) / 2;
}

/** What goes with HRV: one row per measure and lag, adjusted for having looked at all of them. */
export type DriverAssociations = {
  source: HrvSource;
  /** Calendar days looked at. */
  days: number;
  rows: (Association & { id: DriverId })[];
};

/** The days as series without holes, and every measure at every lag; null before anything was scored. */
function seriesIn(days: readonly DriverDay[]) {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return null;
  const count = daysBetween(first.date, last.date) + 1;
  const byDay = new Map(days.map((day) => [daysBetween(first.date, day.date), day]));
  const seriesOf = (value: Measure["value"]): DailySeries =>
    Array.from({ length: count }, (_, at) => {
      const day = byDay.get(at);
      return day ? value(day, byDay.get(at - 1)) : null;
    });
  const deviation = seriesOf((day) => (day.source === last.source ? day.deviation : null));
  const drivers = MEASURES.flatMap(({ id, lags, value }) => {
    const values = seriesOf(value);
    return lags.map((lagDays) => ({ id, values, lagDays }));
  });
  return { firstDay: first.date, source: last.source, count, deviation, drivers };
}

/**
 * Associations of the deviation of HRV from its baseline with load, sleep and the morning's answers. Days scored on
 * another source than the latest are left out. Null before anything was scored.
 */
export function driverAssociations(days: readonly DriverDay[]): DriverAssociations | null {
  const series = seriesIn(days);
  if (!series) return null;
  const { source, count, deviation, drivers } = series;
  const found = associations(deviation, drivers);
  return { source, days: count, rows: found.map((row, i) => ({ ...row, id: drivers[i]!.id })) };
}

/** One row of the associations with the days behind it. */
export type DriverPoints = {
  source: HrvSource;
  row: DriverAssociations["rows"][number];
  /** `date` is the morning of the HRV; `value` is the measure that many days before, `deviation` is ln RMSSD less the mean. */
  points: { date: CivilDate; value: number; deviation: number }[];
};

/** The pairs of days that one association is made of, oldest first. @returns null for a measure or lag that is not looked at */
export function driverPoints(
  days: readonly DriverDay[],
  of: { id: string; lagDays: number },
): DriverPoints | null {
  const series = seriesIn(days);
  const row = driverAssociations(days)?.rows.find((one) => one.id === of.id && one.lagDays === of.lagDays);
  const driver = series?.drivers.find((one) => one.id === row?.id && one.lagDays === row.lagDays);
  if (!series || !row || !driver) return null;
  const values = lagged(driver.values, driver.lagDays);
  const points = series.deviation.flatMap((deviation, at) => {
    const value = values[at] ?? null;
    if (deviation === null || value === null) return [];
    return [{ date: addDays(series.firstDay, at), value, deviation }];
  });
  return { source: series.source, row, points };
}
