import { type CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { ReadingInputError } from "./read-readings";

/**
 * The text of an uploaded file: UTF-8 or UTF-16 with or without a byte order mark, otherwise Windows-1252, as Excel
 * saves "ANSI" files. Line ends become `\n`. @throws ReadingInputError for what is no text
 */
export function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (text.includes("\0")) throw new ReadingInputError([{ line: null, field: "file", problem: "no-text" }]);
  return text.replace(/\r\n?/g, "\n");
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  // Digits and dividers are one byte each: in UTF-16 every second byte of a table is 0.
  const start = bytes.subarray(0, 200);
  const zeros = (from: number) => start.filter((byte, i) => i % 2 === from && byte === 0).length;
  if (zeros(1) > start.length / 4) return "utf-16le";
  if (zeros(0) > start.length / 4) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export type TableLine = {
  /** 1 is the first line of the text. */
  line: number;
  cells: string[];
  raw: string;
};

export type Table = { headings: string[]; lines: TableLine[] };

/** More than ten years of mornings with every column an app exports. */
const LARGEST_TEXT = 700_000;

const DIVIDERS = [";", "\t", "|", ","] as const;

const LOOKED_AT = 20;

/** Reads a table with a line of headings, divided by comma, semicolon, tab or bar. @throws ReadingInputError */
export function readTable(text: string): Table {
  if (text.trim() === "") throw new ReadingInputError([{ line: null, field: "file", problem: "empty" }]);
  if (text.length > LARGEST_TEXT)
    throw new ReadingInputError([{ line: null, field: "file", problem: "too-large" }]);
  const [first, ...rest] = recordsOf(text);
  if (!first || rest.length === 0)
    throw new ReadingInputError([{ line: null, field: "file", problem: "too-few" }]);
  return { headings: first.cells, lines: rest };
}

/**
 * The lines of a table, blank and commented ones (`#`, `//`) left out. Excel's `sep=;` names the divider; a stray
 * quotation mark spoils its own line at most. @throws ReadingInputError
 */
export function recordsOf(text: string, given?: string): TableLine[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const named = /^"?sep=(.)"?\s*$/i.exec(lines[0] ?? "")?.[1];
  const body = lines.map((line, i) =>
    (named !== undefined && i === 0) || /^\s*(#|\/\/)/.test(line) ? "" : line,
  );
  const divider = given ?? named ?? dividerOf(body);
  const whole = attempt(body.join("\n"), divider);
  return whole && !swallowsLines(whole, divider) ? whole : lineByLine(body, divider);
}

/** A mark of its own before the comma, which also stands in numbers and notes. */
export function dividerOf(lines: readonly string[]): string {
  const looked = lines.filter((line) => line.trim() !== "").slice(0, LOOKED_AT);
  const isIn = (mark: string) => looked.filter((line) => line.includes(mark)).length * 2 > looked.length;
  return DIVIDERS.find((mark) => looked[0]?.includes(mark) && isIn(mark)) ?? DIVIDERS.find(isIn) ?? ",";
}

const parsedRecords = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }), raw: z.string() }),
);

const OPTIONS = {
  info: true,
  raw: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
  trim: true,
} as const;

/** Undefined where a quotation mark is not closed, or closed in the middle of a cell. */
function attempt(text: string, divider: string): TableLine[] | undefined {
  try {
    return parsed(text, divider, '"');
  } catch {
    return undefined;
  }
}

function parsed(text: string, delimiter: string, quote: '"' | false): TableLine[] {
  const records = parsedRecords.parse(parse(text, { ...OPTIONS, delimiter, quote }));
  return records.map(({ record, info, raw }) => ({ line: info.lines, cells: record, raw: raw.trimEnd() }));
}

/** A quotation mark that opens by mistake closes at the next one, lines later: what lies between looks like lines. */
function swallowsLines(records: readonly TableLine[], divider: string): boolean {
  const columns = records[0]?.cells.length ?? 0;
  const isLine = (text: string) => text.split(divider).length >= columns;
  return records.some(({ raw }) => raw.trim().split("\n").slice(1).some(isLine));
}

function lineByLine(lines: readonly string[], divider: string): TableLine[] {
  return lines.flatMap((text, i) => {
    const at = (records: TableLine[]) => records.map((record) => ({ ...record, line: i + 1 }));
    const quoted = attempt(text, divider);
    if (quoted) return at(quoted);
    try {
      return at(parsed(text, divider, false)).map((record) => ({
        ...record,
        cells: record.cells.map((cell) => /^"(.*)"$/.exec(cell)?.[1] ?? cell),
      }));
    } catch (error) {
      throw new ReadingInputError([{ line: i + 1, field: "file", problem: problemOf(error) }]);
    }
  });
}

function problemOf(error: unknown): "unreadable" {
  if ((error as Partial<CsvError>).code === undefined) throw error;
  return "unreadable";
}
