import { type DriverDay, listDriverDays } from "@/db/queries/analysis";
import { findAthleteInSquad } from "@/db/queries/athletes";
import { recordLooks } from "@/db/queries/log";
import { inTransaction } from "@/db/transaction";
import { type Association, associations } from "@/lib/analysis/associations";
import { type DailySeries, lagged } from "@/lib/analysis/correlate";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { HrvSource } from "@/lib/readiness/types";
import { requireCan, requireId } from "@/lib/services/access/require";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";

/**
 * What goes with an athlete's HRV over the last year; the look is logged. Null before anything was scored.
 * Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewCorrelations(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<DriverAssociations | null> {
  return driverAssociations((await lookAtDrivers(of)).days);
}

type PointsView = DriverPoints & {
  athlete: { id: string; name: string };
  squad: { id: string; name: string };
};

/**
 * The days behind one correlation of an athlete's HRV, named as `load-1`: the measure and how many days before. The
 * look is logged. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewPoints(of: {
  ctx: Context;
  input: { athleteId: string; driver: string };
}): Promise<PointsView> {
  const { athlete, days } = await lookAtDrivers(of);
  const [, id = "", lag = ""] = /^([a-z-]+)-(\d)$/.exec(of.input.driver) ?? [];
  const found = driverPoints(days, { id, lagDays: Number(lag) });
  if (!found) throw new AppError("not-found", "Nothing of this name is looked at.");
  return {
    ...found,
    athlete: { id: athlete.id, name: athlete.name },
    squad: { id: athlete.squadId, name: athlete.squadName },
  };
}

/** With few days no p by circular shifts can hold against Holm's adjustment for every row. */
const CORRELATION_DAYS = 365;

/**
 * An athlete with the last year's days of what may go with HRV. The look is written to the access log in the same
 * transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
async function lookAtDrivers(of: { ctx: Context; input: { athleteId: string } }) {
  const { teamId, userId } = requireCan(of.ctx, "athletes.view");
  const athleteId = requireId(of.input.athleteId);
  return inTransaction(of.ctx, async (ctx) => {
    const athlete = await findAthleteInSquad(ctx.db, { teamId, athleteId });
    if (!athlete || athlete.stoppedAt) throw new AppError("not-found", "This athlete is not there.");
    const look = { teamId, userId, what: "athlete-page", lookedAt: ctx.now } as const;
    await recordLooks(ctx.db, { ...look, athleteIds: [athleteId] });
    return { athlete, days: await listDriverDays(ctx.db, { teamId, athleteId, days: CORRELATION_DAYS }) };
  });
}

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
function driverAssociations(days: readonly DriverDay[]): DriverAssociations | null {
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
function driverPoints(days: readonly DriverDay[], of: { id: string; lagDays: number }): DriverPoints | null {
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
