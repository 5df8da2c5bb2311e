import { type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import type { DateOrder } from "./columns";

/** `time` sorts readings of one day; "" where the cell has none. */
export type CellDate = { date: CivilDate; time: string };

/**
 * A date as apps and spreadsheets write it, with or without a time of day: `2026-03-01`, `1.3.2026`, `3/1/2026 7:05 AM`.
 * The calendar day is taken as written, whatever zone follows. Null when it is none.
 */
export function readDate(cell: string, order: DateOrder): CellDate | null {
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

/** A number with a decimal point or comma; null when it is none. */
export function readNumber(cell: string): number | null {
  return /^\d+(?:[.,]\d+)?$/.test(cell) ? Number(cell.replace(",", ".")) : null;
}
