import { Temporal } from "temporal-polyfill";

/** A calendar day, `YYYY-MM-DD`. */
export type CivilDate = string;

export const dayMs = 86_400_000;

const daysByDate = new Map<CivilDate, number>();
const datesByDay = new Map<number, CivilDate>();

function readEpochDay(date: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date ? undefined : ms / dayMs;
}

/** Days since 1970-01-01, or undefined when the text is no real calendar day. */
export function epochDayOf(date: string): number | undefined {
  const known = daysByDate.get(date);
  if (known !== undefined) return known;
  const day = readEpochDay(date);
  if (day !== undefined) daysByDate.set(date, day);
  return day;
}

function dateOf(epochDay: number): CivilDate {
  const date = datesByDay.get(epochDay) ?? new Date(epochDay * dayMs).toISOString().slice(0, 10);
  datesByDay.set(epochDay, date);
  return date;
}

export function isCivilDate(text: string): boolean {
  return epochDayOf(text) !== undefined;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOf(requireEpochDay(date) + days);
}

/** `later - earlier` in whole days. */
export function daysBetween(earlier: CivilDate, later: CivilDate): number {
  return requireEpochDay(later) - requireEpochDay(earlier);
}

export function requireEpochDay(date: CivilDate): number {
  const day = epochDayOf(date);
  if (day === undefined) throw new Error(`not a calendar day: ${date}`);
  return day;
}

/** Every day from `from` to `to`, both included. */
export function datesFrom(from: CivilDate, to: CivilDate): CivilDate[] {
  const first = requireEpochDay(from);
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => dateOf(first + i));
}

const offsetsByZone = new Map<string, Map<number, number>>();

/** Minutes east of UTC in a time zone at an instant (epoch ms). */
export function offsetMinutesAt(timeZone: string, epochMs: number): number {
  const offsets = offsetsByZone.get(timeZone) ?? new Map<number, number>();
  offsetsByZone.set(timeZone, offsets);
  const hour = Math.floor(epochMs / 3_600_000);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000).toZonedDateTimeISO(timeZone);
  const minutes = zoned.offsetNanoseconds / 60e9;
  offsets.set(hour, minutes);
  return minutes;
}

/** The calendar day in a time zone at an instant (epoch ms). */
export function dateIn(timeZone: string, epochMs: number): CivilDate {
  return new Date(epochMs + offsetMinutesAt(timeZone, epochMs) * 60_000).toISOString().slice(0, 10);
}

/** `2026-11-20T09:20:47`, the wall clock at an offset. */
export function localDateTime(epochMs: number, offsetMinutes: number): string {
  return new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
}

/** `2026-11-20T09:20:47+02:00`. */
export function zonedDateTime(epochMs: number, offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  const two = (n: number) => String(n).padStart(2, "0");
  const sign = offsetMinutes < 0 ? "-" : "+";
  return `${localDateTime(epochMs, offsetMinutes)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `2026-11-20T09:02:11.000Z`. */
export function utcDateTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** `23:12`, minutes after midnight of the wall clock. */
export function clockText(minuteOfDay: number): string {
  const minute = ((Math.floor(minuteOfDay) % 1440) + 1440) % 1440;
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

export type DurationForm = "hms" | "seconds";

/** ISO-8601 in one of the two forms that Polar writes: `PT1H13M32.189S` or `PT4412.189S`. */
export function isoDuration(durationMs: number, form: DurationForm): string {
  const totalS = durationMs / 1000;
  const seconds = (s: number) => `${Number.isInteger(s) ? s : s.toFixed(3)}S`;
  if (form === "seconds") return `PT${seconds(totalS)}`;
  const hours = Math.floor(totalS / 3600);
  const minutes = Math.floor((totalS % 3600) / 60);
  const rest = Math.round((totalS % 60) * 1000) / 1000;
  const text = `${hours > 0 ? `${hours}H` : ""}${minutes > 0 ? `${minutes}M` : ""}${rest > 0 ? seconds(rest) : ""}`;
  return text === "" ? "PT0S" : `PT${text}`;
}
