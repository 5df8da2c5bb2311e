import type { AnalysisView, Population } from "./view-model";

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
  const lines = [HEADINGS, ...view.populations.flatMap(linesOf)];
  return `${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
}

function linesOf({ source, days }: Population): (string | number)[][] {
  return days.map(({ date, z, weekChange, shareBelow, together }) => [
    date,
    source,
    z?.n ?? 0,
    ...[z?.min, z?.q1, z?.median, z?.q3, z?.max].map(figure),
    weekChange?.n ?? 0,
    ...[weekChange?.q1, weekChange?.median, weekChange?.q3].map(figure),
    z ? figure(shareBelow) : "",
    together ?? "",
  ]);
}

const figure = (value: number | undefined) => (value === undefined ? "" : value.toFixed(3));
