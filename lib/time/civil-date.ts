/** A calendar day, `YYYY-MM-DD` (proleptic Gregorian, years 0001 to 9999). Never a timestamp. */
export type CivilDate = string;

const PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_IN_400_YEARS = 146_097;
/** Days from 0000-03-01 to 1970-01-01: years are counted from March, so that a leap day is a year's last. */
const EPOCH_FROM_MARCH_0000 = 719_468;

/** True for a string that names a real calendar day; `2026-02-30` is none. */
export function isCivilDate(value: unknown): value is CivilDate {
  return typeof value === "string" && !Number.isNaN(epochDayOf(value));
}

/** Whole days from 1970-01-01 to the date; NaN when it names no real calendar day. */
export function epochDayOf(date: CivilDate): number {
  if (!PATTERN.test(date)) return Number.NaN;
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  if (year < 1 || month < 1 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + dayOfYear - EPOCH_FROM_MARCH_0000;
}

/** The date that lies `epochDay` whole days after 1970-01-01. Throws RangeError outside of the years 0001 to 9999. */
export function civilDateOf(epochDay: number): CivilDate {
  const sinceMarch0000 = epochDay + EPOCH_FROM_MARCH_0000;
  const era = Math.floor(sinceMarch0000 / DAYS_IN_400_YEARS);
  const ofEra = sinceMarch0000 - era * DAYS_IN_400_YEARS;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const dayOfYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = 400 * era + yearOfEra + (month <= 2 ? 1 : 0);
  if (!(year >= 1 && year <= 9999))
    throw new RangeError(`no calendar day lies ${epochDay} days from 1970-01-01`);
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** The date `days` after (negative: before) the given one. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return civilDateOf(epochDayOf(date) + days);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return epochDayOf(to) - epochDayOf(from);
}

function daysInMonth(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
