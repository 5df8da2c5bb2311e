import type { AnalysisRow } from "@/db/queries/analysis";
import { type AthleteDay, type SquadDay, squadDay } from "@/lib/analysis/squad-day";
import { HRV_SOURCES, type HrvSource } from "@/lib/readiness/types";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import type { AgainstSquad, Population, PopulationDay } from "./view-model";

type Dated = Map<CivilDate, AnalysisRow["days"][number]>;
type OfSource = { source: HrvSource; days: (SquadDay | undefined)[]; dates: readonly CivilDate[] };

const NOBODY = { z: null, weekChange: null, shareBelow: 0, together: null };

/** The squad's spread on each date, apart for each source that anybody is scored on. */
export function populationsOf(rows: readonly AnalysisRow[], dates: readonly CivilDate[]): Population[] {
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
