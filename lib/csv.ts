import { stringify } from "csv-stringify/sync";

export type CsvCell = string | number | boolean | null;

/** A spreadsheet would run a text that begins like a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Lines of cells as CSV (RFC 4180): ISO dates, decimal points, nothing where nothing is known. */
export function csvOf(headings: readonly string[], lines: readonly (readonly CsvCell[])[]): string {
  return stringify([headings, ...lines], {
    record_delimiter: "windows",
    quoted_match: /[\r\n]/,
    // The library's own guard against formulas takes a negative number for one.
    cast: {
      string: (text) => (FORMULA.test(text) ? `'${text}` : text),
      number: (figure) => String(Math.round(figure * 1000) / 1000),
      boolean: (is) => (is ? "1" : "0"),
    },
  });
}
