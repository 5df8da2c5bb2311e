import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { type AnalysisRow, listSquadDays } from "@/db/queries/analysis";
import { recordLooks } from "@/db/queries/log";
import { findSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import { type AthleteDay, type SquadDay, squadDay } from "@/lib/analysis/squad-day";
import type { Context } from "@/lib/context";
import { type CsvCell, csvOf } from "@/lib/csv";
import { AppError } from "@/lib/errors";
import { HRV_SOURCES, type HrvSource } from "@/lib/readiness/types";
import { requireCan, requireId } from "@/lib/services/access/require";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

export type PopulationDay = Pick<SquadDay, "z" | "weekChange" | "shareBelow" | "together"> & {
  date: CivilDate;
};

/** One athlete beside the others of the squad, in own SDs throughout. */
export type AgainstSquad = {
  athleteId: string;
  name: string;
  /** z of the last day of the view, and how far it lies from the median of the others. */
  z: number | null;
  difference: number | null;
  /** Mean difference over the days that have one, and their number. */
  usualDifference: number | null;
  days: number;
  /** Difference of each date of the view. */
  differences: (number | null)[];
};

/** A squad's days on one source: readings of different sources are never compared. */
export type Population = {
  source: HrvSource;
  /** One entry per date of the view; `z` is null where nobody has one. */
  days: PopulationDay[];
  athletes: AgainstSquad[];
};

export type AnalysisView = {
  squad: { id: string; name: string; timeZone: string };
  dates: CivilDate[];
  populations: Population[];
  /** Share of mornings below -1 by chance alone. */
  chanceBelow: number;
};

type AnalysisInput = { squadId: string; days: number; what?: "analysis" | "export" };

/**
 * A squad as one population over the last `days` days: the spread of z and of the week's change, days on which all moved
 * together, each athlete beside the others. The look at every athlete shown is written to the access log in the same
 * transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewAnalysis(of: { ctx: Context; input: AnalysisInput }): Promise<AnalysisView> {
  const { teamId, userId } = requireCan(of.ctx, "squads.view");
  const { days, what = "analysis" } = of.input;
  const squadId = requireId(of.input.squadId);
  return inTransaction(of.ctx, async (ctx) => {
    const squad = await findSquad(ctx.db, { teamId, squadId });
    if (!squad) throw new AppError("not-found", "This squad is not there.");
    const today = civilDateIn(ctx.now, squad.timeZone);
    const dates = Array.from({ length: days }, (_, i) => addDays(today, i + 1 - days));
    const rows = await listSquadDays(ctx.db, { teamId, squadId, from: addDays(dates[0]!, -7), to: today });
    const athleteIds = rows.map((row) => row.athleteId);
    await recordLooks(ctx.db, { teamId, athleteIds, userId, what, lookedAt: ctx.now });
    return {
      squad: { id: squad.id, name: squad.name, timeZone: squad.timeZone },
      dates,
      populations: populationsOf(rows, dates),
      chanceBelow: chanceBelow(squad.baselineDays),
    };
  });
}

type Dated = Map<CivilDate, AnalysisRow["days"][number]>;

type OfSource = { source: HrvSource; days: (SquadDay | undefined)[]; dates: readonly CivilDate[] };

const NOBODY = { z: null, weekChange: null, shareBelow: 0, together: null };

/** The squad's spread on each date, apart for each source that anybody is scored on. */
function populationsOf(rows: readonly AnalysisRow[], dates: readonly CivilDate[]): Population[] {
  const byAthlete = rows.map((row): [string, Dated] => [
    row.athleteId,
    new Map(row.days.map((day) => [day.date, day])),
  ]);
  const squadDays = dates.map((date) =>
    squadDay(byAthlete.flatMap(([id, days]) => athleteDay(id, days, date))),
  );
  return HRV_SOURCES.flatMap((source) => {
    const days = squadDays.map((day) => day.find((group) => group.source === source));
    if (days.every((day) => day === undefined || day.z === null)) return [];
    return [populationOf(rows, byAthlete, { source, days, dates })];
  });
}

function populationOf(
  rows: readonly AnalysisRow[],
  byAthlete: readonly [string, Dated][],
  of: OfSource,
): Population {
  const differences = of.days.map(
    (day) => new Map(day?.againstSquad.map((one) => [one.athleteId, one.difference])),
  );
  return {
    source: of.source,
    days: of.days.map((day, i): PopulationDay => ({ ...NOBODY, ...summaryOf(day), date: of.dates[i]! })),
    athletes: rows.flatMap(({ athleteId, name }, i) => {
      const own = differences.map((day) => day.get(athleteId) ?? null);
      if (own.every((difference) => difference === null)) return [];
      return [againstSquad({ athleteId, name }, own, latestZ(byAthlete[i]![1], of))];
    }),
  };
}

function summaryOf(day: SquadDay | undefined) {
  if (!day) return {};
  const { z, weekChange, shareBelow, together } = day;
  return { z, weekChange, shareBelow, together };
}

function latestZ(days: Dated, of: OfSource): number | null {
  const day = days.get(of.dates.at(-1)!);
  return day?.source === of.source ? day.z : null;
}

function againstSquad(
  who: { athleteId: string; name: string },
  differences: (number | null)[],
  z: number | null,
): AgainstSquad {
  const known = differences.filter((difference) => difference !== null);
  return {
    ...who,
    z,
    difference: differences.at(-1) ?? null,
    usualDifference: known.length > 0 ? known.reduce((sum, one) => sum + one, 0) / known.length : null,
    days: known.length,
    differences,
  };
}

function athleteDay(athleteId: string, days: Dated, date: CivilDate): AthleteDay[] {
  const day = days.get(date);
  if (!day) return [];
  return [
    { athleteId, source: day.source, z: day.z, weekChange: weekChange(day, days.get(addDays(date, -7))) },
  ];
}

/** Change of the 7-day mean over a week in today's own SDs; null across a change of source. */
function weekChange(
  now: AnalysisRow["days"][number],
  before: AnalysisRow["days"][number] | undefined,
): number | null {
  if (!before || before.source !== now.source || before.mean7 === null) return null;
  return now.mean7 === null || !now.sd ? null : (now.mean7 - before.mean7) / now.sd;
}

/**
 * Share of mornings with z below -1 although nothing changed: a new value against mean and SD of `baselineDays` earlier
 * ones follows Student's t on n - 1, widened by sqrt(1 + 1/n). About .163 with 60 days.
 */
function chanceBelow(baselineDays: number): number {
  return tCdf(-1 / Math.sqrt(1 + 1 / baselineDays), baselineDays - 1);
}

const HEADINGS = [
  "date",
  "source",
  "athletes",
  "z_min",
  "z_q1",
  "z_median",
  "z_q3",
  "z_max",
  "week_change_athletes",
  "week_change_q1",
  "week_change_median",
  "week_change_q3",
  "share_below",
  "together",
];

/** A squad's days as CSV, one line per date and source: ISO dates, decimal points, empty where nothing is known. */
export function csvOfAnalysis(view: AnalysisView): string {
  return csvOf(HEADINGS, view.populations.flatMap(linesOf));
}

function linesOf({ source, days }: Population): CsvCell[][] {
  return days.map(({ date, z, weekChange, shareBelow, together }) => [
    date,
    source,
    z?.n ?? 0,
    ...[z?.min, z?.q1, z?.median, z?.q3, z?.max].map(known),
    weekChange?.n ?? 0,
    ...[weekChange?.q1, weekChange?.median, weekChange?.q3].map(known),
    z ? shareBelow : null,
    together,
  ]);
}

const known = (value: number | undefined) => value ?? null;
