import type { Timing } from "@/lib/hrv/morning-reading";
import { medianOf } from "@/lib/hrv/rolling-quantile";
import { type Headed, headedColumns, type RrChoice, type RrColumns, type RrUnit } from "./columns";
import { IN_THOUSANDS, isBlank, ReadingInputError, type ReadingProblem, readNumber } from "./read-readings";
import { backwardsAt, type Times, timesOf, timingOf } from "./rr-timing";
import { dividerOf, recordsOf, type TableLine, textOf } from "./table";

export type RrFile = { rrMs: number[]; timing: Timing; columns: RrColumns };

/** A night with a time and three more columns on every line. */
const LARGEST_FILE = 8_000_000;

/** What an interval of a file may be: longer is a lost signal, shorter another number, such as `1,050` for 1050. */
const INTERVAL_MS = { min: 10, max: 60_000 };

/** What the middle of any recording of a heart lies between, ms: 20 to 300 beats a minute. */
const MEDIAN_MS = { min: 200, max: 3000 };

/** Seconds are small numbers, milliseconds are not. */
const LARGEST_IN_SECONDS = 20;

/**
 * RR intervals in ms from a file of a logger, a spreadsheet or a plain list: one a line, several in a cell, or all in
 * one line. Which column holds them is told by its heading, by a person's choice, or, without headings, by the values
 * when only one column can be it. Empty cells and zeros are beats that were lost. @throws ReadingInputError naming line
 * and reason; with `no-column` and the headings where a person has to choose
 */
export function readRr(bytes: Uint8Array, choice?: RrChoice): RrFile {
  if (bytes.length > LARGEST_FILE) refuse("file", "too-large");
  const text = textOf(bytes);
  if (text.trim() === "") refuse("file", "empty");
  const list = listOf(text);
  if (list) return fileOf({ beats: list, times: null, columns: { rr: 0, time: null }, unit: null });
  const divider = dividerOfRr(text);
  const plain = intervalsOnly(text);
  const records = recordsOf(divider === " " ? plain.replace(/ +/g, " ") : plain, divider);
  const headed = headedColumns(records);
  const body = blockOf(records.slice(headed.from), choice?.rr ?? headed.rr ?? 0);
  if (body.length === 0) refuse("file", "empty");
  const rr = choice?.rr ?? headed.rr ?? onlyColumn(body, headed);
  const beats = beatsOf(body, rr);
  const unit = rr === headed.rr ? headed.unit : null;
  const time = timeColumn(body, beats, headed, { rr, unit });
  const nameOf = (column: number) => headed.headings[column] || column;
  const columns = { rr: nameOf(rr), time: time === null ? null : nameOf(time.column) };
  return fileOf({ beats, times: time?.times ?? null, columns, unit });
}

type Beat = {
  line: number;
  value: number /** A beat was lost before it. */;
  afterGap: boolean;
  record: number;
};

function refuse(
  field: "file" | "rr" | "time",
  problem: ReadingProblem["problem"],
  line: number | null = null,
): never {
  throw new ReadingInputError([{ line, field, problem }]);
}

type Read = {
  beats: Beat[];
  times: Times | null;
  columns: Pick<RrColumns, "rr" | "time">;
  unit: RrUnit | null;
};

function fileOf({ beats, times, columns, unit: named }: Read): RrFile {
  if (beats.length === 0) refuse("rr", "too-few");
  const unit = named ?? unitOf(beats);
  const rrMs = inMs(beats, unit);
  const middle = medianOf(rrMs);
  if (middle < MEDIAN_MS.min || middle > MEDIAN_MS.max) refuse("rr", "no-intervals");
  const odd = rrMs.findIndex((rr) => rr < INTERVAL_MS.min || rr > INTERVAL_MS.max);
  if (odd >= 0) refuse("rr", "out-of-range", beats[odd]!.line);
  const timing = timingOf(rrMs, times);
  const lost = beats.flatMap(({ afterGap }, i) => (afterGap && i > 0 ? [i] : []));
  return {
    rrMs,
    timing: { ...timing, afterGap: new Set([...timing.afterGap, ...lost]) },
    columns: { ...columns, unit },
  };
}

function unitOf(beats: readonly Beat[]): RrUnit {
  return medianOf(beats.map(({ value }) => value)) < LARGEST_IN_SECONDS ? "s" : "ms";
}

/** Rounded to a billionth of a second: what 0.812 x 1000 should give. */
function inMs(beats: readonly Beat[], unit: RrUnit): number[] {
  const factor = unit === "s" ? 1000 : 1;
  return beats.map(({ value }) => Math.round(value * factor * 1e6) / 1e6);
}

/** All intervals in one line, divided by whatever is not part of a number. */
function listOf(text: string): Beat[] | null {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const filled = lines.flatMap((line, i) => (line.trim() === "" || /^\s*(#|\/\/)/.test(line) ? [] : [i]));
  const at = filled[0];
  const line = lines[at ?? 0]?.trim() ?? "";
  if (at === undefined || filled.length > 1 || !/^[[\d.,;|\s\]]+$/.test(line)) return null;
  const cells = numbersIn(line);
  if (cells.length < 2) return null;
  return cells.map((cell) => ({
    line: at + 1,
    value: readNumber(cell) ?? refuse("rr", "no-number", at + 1),
    afterGap: false,
    record: 0,
  }));
}

/** Semicolons, tabs, bars and spaces divide and leave decimal commas alone; without any of them the comma divides. */
function numbersIn(text: string): string[] {
  const inner = text.replace(/[[\]]/g, "").trim();
  const divider = /[;\t|]/.test(inner) ? /[;\t|]/ : /\d\s+\d/.test(inner) ? /,?\s+/ : /,/;
  return inner.split(divider).flatMap((part) => (part.trim() === "" ? [] : [part.trim()]));
}

/** Polar's `.hrm` files hold the intervals below `[HRData]`. */
function intervalsOnly(text: string): string {
  const at = /^\[HRData\][^\n]*$/m.exec(text);
  if (!at) return text;
  const from = at.index + at[0].length;
  return text.slice(0, from).replace(/[^\n]+/g, "") + text.slice(from);
}

/** The comma of `812,5` divides nothing where every line is such a number; spaces divide where nothing else does. */
function dividerOfRr(text: string): string | undefined {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*#/.test(line));
  if (/^"?sep=/i.test(lines[0] ?? "")) return undefined;
  const divider = dividerOf(lines);
  const values = lines.slice(/\d/.test(lines[0] ?? "") ? 0 : 1);
  if (values.length === 0 || divider !== ",") return undefined;
  if (lines.some((line) => line.includes(","))) return isDecimal(values, lines[0]!) ? ";" : undefined;
  if (values.every(isSecondsInThousands)) return undefined;
  return values.every((line) => /^\s*[\d.:eTZ+-]+(\s+[\d.:eTZ+-]+)+\s*$/i.test(line)) ? " " : undefined;
}

/** `1 050` is one interval: a number that stands before another on every line would count on beyond 2. */
const isSecondsInThousands = (line: string) => /^[0-2]\s\d{3}$/.test(line.trim());

function isDecimal(values: readonly string[], first: string): boolean {
  const parts = values.map((line) => /^\s*"?(\d+)(?:,(\d+))?"?\s*$/.exec(line));
  if (parts.some((part) => part === null) || (values[0] !== first && first.includes(","))) return false;
  const whole = parts.map((part) => Number(part?.[1]));
  const middle = medianOf(whole);
  // 0,812 · 1,012: seconds; 812,5: milliseconds, unless what follows the comma is the heart rate of that interval.
  if (middle < 4) return whole.every((value) => value < 4);
  const rates = parts.filter((part) => Math.abs(Number(part?.[2]) - 60_000 / Number(part?.[1])) < 4);
  return middle >= MEDIAN_MS.min && rates.length * 2 < parts.length;
}

/** Lines up to where a second part of the file begins: a blank line, then no number any more. */
function blockOf(records: readonly TableLine[], column: number): TableLine[] {
  const end = records.findIndex(({ line, cells }, i) => {
    const before = records[i - 1];
    return before !== undefined && line > before.line + 1 && !/\d/.test(cells[column] ?? "");
  });
  return end > 0 ? records.slice(0, end) : [...records];
}

/** More are no table that a person could choose from. */
const MOST_COLUMNS = 50;

/** Without a heading that says so: the one column whose values can be intervals, where there is only one. */
function onlyColumn(body: readonly TableLine[], headed: Headed): number {
  const width = Math.max(...body.map(({ cells }) => cells.length));
  if (width > MOST_COLUMNS) refuse("file", "unreadable");
  const columns = Array.from({ length: width }, (_, i) => i);
  const ask = (): never => {
    const names = columns.map((i) => headed.headings[i] ?? "");
    throw new ReadingInputError([{ line: null, field: "rr", problem: "no-column" }], names);
  };
  // A heading that is not known may mean anything where there is more than one column.
  if (headed.headings.length > 1) return ask();
  const [only, ...others] = columns.filter((column) => areIntervals(body, column));
  if (width === 1) return only ?? 0;
  return only === undefined || others.length > 0 ? ask() : only;
}

function areIntervals(body: readonly TableLine[], column: number): boolean {
  const values = body.flatMap(({ cells }) => readNumber(cells[column] ?? "") ?? []);
  if (values.length < body.length * 0.9) return false;
  const middle = medianOf(values);
  const middleMs = middle < LARGEST_IN_SECONDS ? middle * 1000 : middle;
  const rises = values.every((value, i) => i === 0 || value >= values[i - 1]!);
  return middleMs >= MEDIAN_MS.min && middleMs <= MEDIAN_MS.max && !rises;
}

function beatsOf(body: readonly TableLine[], column: number): Beat[] {
  const beats: Beat[] = [];
  let afterGap = false;
  for (const [record, { line, cells }] of body.entries()) {
    for (const cell of valuesIn(cells[column] ?? "")) {
      const value = isBlank(cell) ? 0 : (readNumber(cell) ?? refuse("rr", "no-number", line));
      if (value > 0) beats.push({ line, value, afterGap, record });
      afterGap = value === 0;
    }
  }
  return beats;
}

/** A cell may hold the intervals of a whole packet: `812 805`, `[812, 805]`. */
function valuesIn(cell: string): string[] {
  if (IN_THOUSANDS.test(cell)) return [cell];
  const isList = /^\[.*\]$|^\d+(?:[.,]\d+)?(?:\s*[\s;|]\s*\d+(?:[.,]\d+)?)+$/.test(cell);
  return isList ? numbersIn(cell) : [cell];
}

type TimeColumn = { column: number; times: Times };

/** The first column that is a time: by its heading, or, where there are no headings, by its values. */
function timeColumn(
  body: readonly TableLine[],
  beats: readonly Beat[],
  headed: Headed,
  of: { rr: number; unit: RrUnit | null },
): TimeColumn | null {
  if (beats.length < 2) return null;
  const rrMs = inMs(beats, of.unit ?? unitOf(beats));
  const unnamed = headed.headings.every(
    (heading) => /^[\d.,\s]*$/.test(heading) || heading === headed.headings[of.rr],
  );
  const others = (body[0]?.cells ?? []).flatMap((_, i) => (i === of.rr ? [] : [i]));
  for (const column of headed.times.length > 0 || !unnamed ? headed.times : others) {
    const cells = beats.map(({ record }) => body[record]?.cells[column] ?? "");
    const times = column === of.rr ? null : timesOf(cells, headed.headings[column] ?? "", rrMs);
    if (times === null) continue;
    const at = backwardsAt(times);
    if (at === undefined) return { column, times };
    if (headed.times.includes(column)) refuse("time", "backwards", beats[at]!.line);
  }
  return null;
}
