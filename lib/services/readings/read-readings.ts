import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { isPlausible } from "@/lib/wearables/plausible";
import type { Columns } from "./columns";
import type { ReadingField, ReadingProblem } from "./problems";
import { type CellDate, isBlank, readDate, readNumber } from "./read-cells";
import type { Table, TableLine } from "./read-table";

export type TableReading = {
  line: number;
  date: CivilDate;
  rmssdMs: number;
  heartRateBpm: number | null;
  sdnnMs: number | null;
  raw: string;
};

export type TableReadings = {
  /** One a day, the day's earliest, oldest first. */
  readings: TableReading[];
  problems: ReadingProblem[];
  /** Lines without an HRV value, and further readings of a day. */
  blank: number;
  repeated: number;
  /** Half of the values lie below any resting RMSSD: it may be ln RMSSD or an app's score. */
  doubtfulUnit: boolean;
};

const OLDEST_DAYS = 3650;
const LOWEST_USUAL_MS = 8;

/** Reads every line by the given columns; nothing is dropped without being counted. */
export function readReadings(table: Table, columns: Columns, today: CivilDate): TableReadings {
  const missing = (["date", "rmssdMs"] as const).filter((field) => columns[field] === null);
  if (missing.length > 0)
    return nothing(missing.map((field) => ({ line: null, field, problem: "no-column" as const })));
  const read = table.lines.map((line) => readLine(line, columns, today));
  const found = read.flatMap((line) => ("reading" in line ? line : []));
  const readings = earliestOfDays(found);
  const problems = read.flatMap((line) => ("problems" in line ? line.problems : []));
  if (readings.length === 0 && problems.length === 0)
    return nothing([{ line: null, field: "rmssdMs", problem: "too-few" }]);
  return {
    readings,
    problems,
    blank: read.filter((line) => "blank" in line).length,
    repeated: found.length - readings.length,
    doubtfulUnit: medianOf(readings.map(({ rmssdMs }) => rmssdMs)) < LOWEST_USUAL_MS,
  };
}

function nothing(problems: ReadingProblem[]): TableReadings {
  return { readings: [], problems, blank: 0, repeated: 0, doubtfulUnit: false };
}

type Timed = { reading: TableReading; time: string };
type ReadLine = Timed | { problems: ReadingProblem[] } | { blank: true };

function readLine({ line, cells, raw }: TableLine, columns: Columns, today: CivilDate): ReadLine {
  const cell = (column: number | null) => (column === null ? "" : (cells[column] ?? ""));
  if (isBlank(cell(columns.rmssdMs))) return { blank: true };
  const problems: ReadingProblem[] = [];
  const complain = (field: ReadingField, problem: ReadingProblem["problem"]) =>
    problems.push({ line, field, problem });
  const number = (field: "rmssdMs" | "heartRateBpm" | "sdnnMs") => {
    const text = cell(columns[field]);
    if (isBlank(text)) return null;
    const value = readNumber(text);
    if (value === null) complain(field, "no-number");
    else if (!isPlausible(field, value)) complain(field, "out-of-range");
    return value;
  };
  const at = readDate(cell(columns.date), columns.dateOrder);
  const dateProblem = problemOf(at, today);
  if (dateProblem) complain("date", dateProblem);
  const values = {
    rmssdMs: number("rmssdMs"),
    heartRateBpm: number("heartRateBpm"),
    sdnnMs: number("sdnnMs"),
  };
  if (problems.length > 0 || at === null || values.rmssdMs === null) return { problems };
  return { reading: { line, date: at.date, raw, ...values, rmssdMs: values.rmssdMs }, time: at.time };
}

function problemOf(at: CellDate | null, today: CivilDate): ReadingProblem["problem"] | null {
  if (at === null) return "no-date";
  if (at.date > today) return "in-the-future";
  return at.date < addDays(today, -OLDEST_DAYS) ? "too-long-ago" : null;
}

function earliestOfDays(found: readonly Timed[]): TableReading[] {
  const byDate = new Map<CivilDate, Timed>();
  for (const one of found) {
    const before = byDate.get(one.reading.date);
    if (!before || (one.time !== "" && one.time < before.time)) byDate.set(one.reading.date, one);
  }
  return [...byDate.values()].map(({ reading }) => reading).toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY;
}
