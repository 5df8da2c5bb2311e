import { ReadingInputError, type ReadingProblem } from "./problems";
import { readNumber } from "./read-cells";

const LARGEST_TEXT = 400_000;
const FEWEST_BEATS = 60;
/** Longest interval an RR file may hold: a pause or a lost signal, never a beat. */
const LONGEST_MS = 10_000;
const COLUMN = /^(rr|r-r|ibi|nn)\b|rr.?interval/i;

type Line = { line: number; cells: string[] };

/**
 * RR intervals in ms from a text file: one a line, all in one line, a second column beside the time, or a column headed
 * RR or IBI. Intervals given in seconds are converted. @throws ReadingInputError
 */
export function readRr(text: string): number[] {
  const refuse = (problem: ReadingProblem["problem"], line: number | null = null): never => {
    throw new ReadingInputError([{ line, field: "rr", problem }]);
  };
  if (text.length > LARGEST_TEXT) refuse("too-large");
  const lines = linesOf(text);
  const column = columnOf(lines);
  const body = lines.slice(headingCount(lines));
  if (body.length === 0) refuse("empty");
  const values = body.flatMap(({ line, cells }) => {
    const chosen = body.length === 1 ? cells : [cells[column ?? cells.length - 1] ?? ""];
    return chosen.map((cell) => ({ line, value: readNumber(cell) ?? refuse("no-number", line) }));
  });
  if (values.length < FEWEST_BEATS) refuse("too-few");
  const factor = values.every(({ value }) => value < 10) ? 1000 : 1;
  return values.map(({ line, value }) => {
    const rrMs = value * factor;
    return rrMs > 0 && rrMs <= LONGEST_MS ? rrMs : refuse("out-of-range", line);
  });
}

function linesOf(text: string): Line[] {
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((raw, index) => ({ line: index + 1, cells: cellsOf(raw) }))
    .filter(({ cells }) => cells.length > 0);
}

/** Semicolons and tabs divide columns and leave decimal commas alone; otherwise commas and spaces divide. */
function cellsOf(raw: string): string[] {
  const divider = /[;\t]/.test(raw) ? /[;\t]/ : /[,\s]+/;
  return raw
    .trim()
    .split(divider)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "");
}

/** The first line is a line of headings when nothing in it begins like a number. */
function headingCount(lines: readonly Line[]): number {
  return lines[0]?.cells.every((cell) => /^[^\d.,+-]/.test(cell)) ? 1 : 0;
}

function columnOf(lines: readonly Line[]): number | null {
  if (headingCount(lines) === 0) return null;
  const at = lines[0]?.cells.findIndex((cell) => COLUMN.test(cell)) ?? -1;
  return at < 0 ? null : at;
}
