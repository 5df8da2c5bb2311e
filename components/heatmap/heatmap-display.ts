import { civil, weekday } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { inSd } from "@/lib/number-text";
import type { Level } from "@/lib/readiness/types";
import type { HeatmapAthlete, HeatmapCell, HeatmapView } from "@/lib/services/squads/heatmap";
import { isoWeekday } from "./weekday";

type Say = (key: string, values?: Record<string, string | number>) => string;

/** One cell: level, what it says of itself, load in percent of the largest, and marks. Small, because hundreds travel. */
export type CellDisplay = readonly [level: Level, words: string, load: number | null, marks: string];

export type HeatmapRowDisplay = {
  id: string;
  name: string;
  /** One per date; null where nothing was received. */
  cells: readonly (CellDisplay | null)[];
  sums: readonly [nights: string, flaggedDays: string, load: string];
};

export type DayDisplay = {
  date: string;
  weekday: string;
  day: string;
  words: string;
  weekend: boolean;
  /** Athletes at a mailed level that morning: recovery, flag, unexplained. */
  flagged: readonly [number, number, number];
};

/** Marks of a cell: provisional baseline, no reading, note or tag. */
export const MARKS = { provisional: "p", missing: "m", noted: "n" } as const;

/** Puts a heatmap's days into words. */
export function displayDays(view: HeatmapView, locale: string): DayDisplay[] {
  return view.dates.map((date, i) => {
    const morning = view.mornings[i]!;
    return {
      date,
      weekday: weekday(date, locale).slice(0, 2),
      day: String(Number(date.slice(8))),
      words: civil(date, "short", locale),
      weekend: isoWeekday(date) > 5,
      flagged: [morning.recovery, morning.flag, morning.unexplained],
    };
  });
}

type Words = { heatmap: Say; levels: Say; locale: string; mostLoad: number };

/** Puts one athlete's row into words. */
export function displayAthlete(athlete: HeatmapAthlete, words: Words): HeatmapRowDisplay {
  return {
    id: athlete.athleteId,
    name: athlete.name,
    cells: athlete.cells.map((cell) => cell && displayCell(cell, words)),
    sums: [
      String(athlete.nights),
      String(athlete.flaggedDays),
      athlete.load === null ? "–" : whole(athlete.load),
    ],
  };
}

function displayCell(cell: HeatmapCell, words: Words): CellDisplay {
  const load = cell.load === null ? null : Math.round((cell.load / words.mostLoad) * 100);
  return [cell.level, cellWords(cell, words), load, marksOf(cell)];
}

function marksOf(cell: HeatmapCell): string {
  return [
    cell.grade === "provisional" && cell.level !== "no-verdict" ? MARKS.provisional : "",
    cell.rmssdMs === null ? MARKS.missing : "",
    cell.marked ? MARKS.noted : "",
  ].join("");
}

function cellWords(cell: HeatmapCell, { heatmap, levels, locale }: Words): string {
  const parts = [
    levels(`words.${cell.level}`),
    cell.reason && levels(`reasons.${cell.reason}`),
    cell.grade === "provisional" && heatmap("provisional"),
    cell.rmssdMs !== null && `${whole(cell.rmssdMs)} ms`,
    cell.z !== null && `z ${inSd(cell.z, locale)}`,
    cell.load === null ? heatmap("loadUnknown") : heatmap("loadOf", { load: whole(cell.load) }),
    cell.marked && heatmap("noted"),
  ];
  return parts.filter(Boolean).join(", ");
}
