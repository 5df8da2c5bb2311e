import type { SquadDay } from "@/lib/analysis/squad-day";
import type { HrvSource } from "@/lib/readiness/types";
import type { CivilDate } from "@/lib/time/civil-date";

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
