import { type CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import { ReadingInputError } from "./problems";

export type TableLine = {
  /** 1 is the first line of the text. */
  line: number;
  cells: string[];
  raw: string;
};

export type Table = { headings: string[]; lines: TableLine[] };

/** More than ten years of mornings with every column an app exports. */
const LARGEST_TEXT = 700_000;

/** Reads a table with a line of headings, divided by comma, semicolon or tab. @throws ReadingInputError */
export function readTable(text: string): Table {
  if (text.trim() === "") throw new ReadingInputError([{ line: null, field: "file", problem: "empty" }]);
  if (text.length > LARGEST_TEXT)
    throw new ReadingInputError([{ line: null, field: "file", problem: "too-large" }]);
  const [first, ...rest] = recordsOf(text);
  if (!first || rest.length === 0)
    throw new ReadingInputError([{ line: null, field: "file", problem: "too-few" }]);
  return { headings: first.cells, lines: rest };
}

const parsedRecords = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }), raw: z.string() }),
);

function recordsOf(text: string): TableLine[] {
  try {
    const parsed = parsedRecords.parse(
      parse(text, {
        bom: true,
        delimiter: dividerOf(text),
        info: true,
        raw: true,
        relax_column_count: true,
        skip_empty_lines: true,
        skip_records_with_empty_values: true,
        trim: true,
      }),
    );
    return parsed.map(({ record, info, raw }) => ({ line: info.lines, cells: record, raw: raw.trimEnd() }));
  } catch (error) {
    throw new ReadingInputError([{ line: lineOf(error), field: "file", problem: "unreadable" }]);
  }
}

/** The divider that the line of headings holds most of; Finnish spreadsheets write semicolons. */
function dividerOf(text: string): string {
  const headings = text.trimStart().split(/\r?\n/, 1)[0] ?? "";
  const counted = [";", "\t", ","].map((mark) => ({ mark, count: headings.split(mark).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).mark;
}

function lineOf(error: unknown): number | null {
  const { lines } = error as CsvError & { lines?: unknown };
  return typeof lines === "number" ? lines : null;
}
