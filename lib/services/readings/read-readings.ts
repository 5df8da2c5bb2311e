import { AppError } from "@/lib/errors";
import { addDays, type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import { isPlausible } from "@/lib/wearables/plausible";
import type { Columns, DateOrder } from "./columns";
import type { Table, TableLine } from "./table";

type ReadingField = "file" | "date" | "rmssdMs" | "heartRateBpm" | "sdnnMs" | "rr" | "time";

export type ReadingProblem = {
  /** 1 is the first line of the text; null where it is the text as a whole. */
  line: number | null;
  field: ReadingField;
  problem:
    | "empty"
    | "too-large"
    | "no-text"
    | "unreadable"
    | "no-column"
    | "no-date"
    | "in-the-future"
    | "too-long-ago"
    | "no-number"
    | "out-of-range"
    | "no-intervals"
    | "backwards"
    | "too-few";
};

/** Bad input of an upload: nothing of it was stored. */
export class ReadingInputError extends AppError {
  readonly problems: readonly ReadingProblem[];
  /** What the columns are called, where one of them has to be chosen. */
  readonly headings: readonly string[];

  constructor(problems: readonly ReadingProblem[], headings: readonly string[] = []) {
    const first = problems[0];
    const place = first?.line ? `line ${first.line}, ${first.field}` : (first?.field ?? "file");
    super("bad-input", `Nothing was stored: ${place} (${first?.problem ?? "unreadable"}).`, { field: place });
    this.name = "ReadingInputError";
    this.problems = problems;
    this.headings = headings;
  }
}

type TableReading = {
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

/** `time` sorts readings of one day; "" where the cell has none. */
type CellDate = { date: CivilDate; time: string };

/**
 * A date as apps and spreadsheets write it, with or without a time of day: `2026-03-01`, `1.3.2026`, `3/1/2026 7:05 AM`.
 * The calendar day is taken as written, whatever zone follows. Null when it is none.
 */
function readDate(cell: string, order: DateOrder): CellDate | null {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)(.*)$/.exec(cell);
  if (yearFirst) return dated(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst[4]);
  const yearLast = /^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})(?!\d)(.*)$/.exec(cell);
  if (!yearLast) return null;
  const [, first, mark, second, year, rest] = yearLast;
  const monthFirst = mark === "/" && order === "month-day";
  return monthFirst ? dated(year, first, second, rest) : dated(year, second, first, rest);
}

function dated(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  rest: string | undefined,
): CellDate | null {
  const date = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  return isCivilDate(date) ? { date, time: timeIn(rest ?? "") } : null;
}

function timeIn(text: string): string {
  const found = /(\d{1,2})[:.](\d{2})(?::\d{2}(?:\.\d+)?)?\s*([ap]m)?/i.exec(text);
  if (!found) return "";
  const hour = Number(found[1]) % (found[3] ? 12 : 24);
  return `${String(found[3]?.toLowerCase() === "pm" ? hour + 12 : hour).padStart(2, "0")}:${found[2]}`;
}

/** What an app writes where there is no value. */
export function isBlank(cell: string): boolean {
  return ["", "-", "–", "na", "n/a", "nan", "null"].includes(cell.toLowerCase());
}

/** A number in thousands parted by a space of any width, as spreadsheets show `1 050`. */
export const IN_THOUSANDS = /^\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?$/;

/** A number with a decimal point or comma, with its thousands parted or as a power of ten; null when it is none. */
export function readNumber(cell: string): number | null {
  const text = IN_THOUSANDS.test(cell) ? cell.replace(/\s/g, "") : cell;
  return /^\d+(?:[.,]\d+)?(?:e[+-]?\d{1,3})?$/i.test(text) ? Number(text.replace(",", ".")) : null;
}
