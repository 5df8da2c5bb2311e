export type CsvCell = string | number | boolean | null;

/** Lines of cells as CSV (RFC 4180): ISO dates, decimal points, nothing where nothing is known. */
export function csvOf(headings: readonly string[], lines: readonly (readonly CsvCell[])[]): string {
  return [headings, ...lines].map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(Math.round(cell * 1000) / 1000);
  if (typeof cell === "boolean") return cell ? "1" : "0";
  // A spreadsheet would run a name that begins like a formula.
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
