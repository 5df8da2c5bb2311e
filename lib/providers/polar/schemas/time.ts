import { type CivilDate, civilDateOf, epochDayOf } from "@/lib/time/civil-date";

const DAY_MS = 86_400_000;

/** A time as it was written: its digits read as if they were UTC, and the minutes east of UTC beside them, if any. */
export type WrittenTime = { wallMs: number; offsetMinutes: number | null };

const TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?$/;
const DURATION =
  /^([+-])?P(?=.)(?:(\d{1,15}(?:[.,]\d{1,9})?)Y)?(?:(\d{1,15}(?:[.,]\d{1,9})?)M)?(?:(\d{1,15}(?:[.,]\d{1,9})?)W)?(?:(\d{1,15}(?:[.,]\d{1,9})?)D)?(?:T(?=.)(?:(-?\d{1,15}(?:[.,]\d{1,9})?)H)?(?:(-?\d{1,15}(?:[.,]\d{1,9})?)M)?(?:(-?\d{1,15}(?:[.,]\d{1,9})?)S)?)?$/i;
const ALTERNATIVE_DURATION = /^P(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2}(?:[.,]\d{1,9})?)$/i;

/** Milliseconds of years, months, weeks, days, hours, minutes and seconds; a year has 365 days, a month 30. */
const UNITS_MS = [365 * DAY_MS, 30 * DAY_MS, 7 * DAY_MS, DAY_MS, 3_600_000, 60_000, 1000];

const number = (digits: string | undefined) => Number((digits ?? "0").replace(",", "."));

/** Minutes of `Z`, `+HH`, `+HHMM` or `+HH:MM`; NaN beyond the offsets that exist. */
function offsetOf(written: string): number {
  if (/z/i.test(written)) return 0;
  const minutes = Number(written.slice(1, 3)) * 60 + Number(written.slice(3).replace(":", "") || 0);
  return minutes > 18 * 60 ? Number.NaN : (written.startsWith("-") ? -1 : 1) * minutes;
}

/**
 * Reads `YYYY-MM-DDTHH:MM[:SS[.fff]]` with or without `Z` or an offset; null for what is no time. What the digits mean
 * (local or UTC) depends on the resource: Polar's older documentation writes `Z` behind local times too.
 */
export function readTime(text: string): WrittenTime | null {
  const [, date = "", hour, minute, second, fraction, offset] = TIME.exec(text.trim()) ?? [];
  const day = epochDayOf(date);
  const year = Number(date.slice(0, 4));
  const ofDayS = number(hour) * 3600 + number(minute) * 60 + number(second);
  const isClock = number(minute) < 60 && number(second) <= 60 && ofDayS <= 86_400;
  const offsetMinutes = offset === undefined ? null : offsetOf(offset);
  if (Number.isNaN(day) || year < 1900 || year > 2200 || !isClock || Number.isNaN(offsetMinutes)) return null;
  const ms = Math.floor(Number(`0.${fraction ?? 0}`) * 1000);
  return { wallMs: day * DAY_MS + ofDayS * 1000 + ms, offsetMinutes };
}

/** The civil date that a written time's digits name. */
export const dateOf = (time: WrittenTime): CivilDate => civilDateOf(Math.floor(time.wallMs / DAY_MS));

/** The instant of a time that is UTC unless it says otherwise, in ms since 1970. */
export const utcMs = ({ wallMs, offsetMinutes }: WrittenTime): number =>
  wallMs - (offsetMinutes ?? 0) * 60_000;

/** Seconds after midnight of `HH:MM[:SS[.fff]]`, fractions left out; null when it is no time of day. */
export function secondOfDay(clock: string): number | null {
  const parts = CLOCK.exec(clock);
  return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3] ?? 0) : null;
}

/**
 * Milliseconds of an ISO-8601 duration in any of its forms: units from years to seconds, a fraction with point or comma,
 * a sign, or `P0000-00-00T01:13:32`; null for anything else.
 */
export function readDuration(text: string): number | null {
  const trimmed = text.trim();
  const designated = DURATION.exec(trimmed);
  const plain = ALTERNATIVE_DURATION.exec(trimmed);
  if (!designated && !plain) return null;
  const sign = designated?.[1] === "-" ? -1 : 1;
  const parts = designated?.slice(2) ?? [plain?.[1], plain?.[2], undefined, ...(plain?.slice(3) ?? [])];
  const ms = parts.reduce((sum, part, at) => sum + number(part) * (UNITS_MS[at] ?? 0), 0);
  return sign * Math.round(ms);
}
