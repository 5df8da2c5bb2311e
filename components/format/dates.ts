import { type CivilDate, civilDateOf, epochDayOf } from "@/lib/time/civil-date";
import { createKept } from "./kept";

type Form = "day" | "short" | "long" | "month";

const FORMS = {
  day: { day: "numeric", month: "short" },
  short: { weekday: "short", day: "numeric", month: "short" },
  long: { weekday: "long", day: "numeric", month: "long" },
  month: { month: "short", year: "numeric" },
} as const satisfies Record<Form, Intl.DateTimeFormatOptions>;

// Finnish abbreviates no month in running text: 19.11.
const FINNISH = {
  ...FORMS,
  day: { day: "numeric", month: "numeric" },
  short: { weekday: "short", day: "numeric", month: "numeric" },
} as const satisfies Record<Form, Intl.DateTimeFormatOptions>;

// A formatter costs more to make than a hundred dates to write.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const kept = formatters.get(key);
  if (kept) return kept;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** A civil date in words: `Thu 19 Nov`, `to 19.11.`. */
export function civil(date: CivilDate, form: Form, locale: string): string {
  const options = (locale.startsWith("fi") ? FINNISH : FORMS)[form];
  const noon = new Date(epochDayOf(date) * 86_400_000);
  return formatterOf(locale, { ...options, timeZone: "UTC" })
    .format(noon)
    .replace(",", "");
}

/** Weekday of a civil date in one to three letters. */
export function weekday(date: CivilDate, locale: string): string {
  return civilPart(date, { weekday: "short" }, locale);
}

// A squad's nights arrive within the same few hours.
const written = createKept();

/** Clock time of an instant in a zone, 24 h. */
export function clock(atMs: number, timeZone: string): string {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return written(`clock ${minuteOf(atMs)} ${timeZone}`, () => formatterOf("en-GB", form).format(atMs));
}

/** The civil date of an instant in a zone. */
function dayIn(atMs: number, timeZone: string): CivilDate {
  const form = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return written(`day ${minuteOf(atMs)} ${timeZone}`, () => formatterOf("en-CA", form).format(atMs));
}

function minuteOf(atMs: number): number {
  return Math.floor(atMs / 60_000);
}

/** Clock time for the given day, otherwise the day it was: what a "received" column says. */
export function clockOrDay(atMs: number, of: { timeZone: string; date: CivilDate; locale: string }): string {
  const day = dayIn(atMs, of.timeZone);
  return day === of.date ? clock(atMs, of.timeZone) : civil(day, "short", of.locale);
}

/** An instant by its clock time, with the day before it unless that is the given day. */
export function moment(atMs: number, of: { timeZone: string; date: CivilDate; locale: string }): string {
  const [time, day] = [clock(atMs, of.timeZone), clockOrDay(atMs, of)];
  return day === time ? time : `${day} ${time}`;
}

/** The city of an IANA zone: `Europe/Helsinki` is Helsinki. */
export function cityOf(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

/** Minutes since an instant as `17 min`, `3 h`, `2 d`: the words come from the caller's catalogue. */
export function elapsed(fromMs: number, toMs: number): { unit: "minutes" | "hours" | "days"; count: number } {
  const minutes = Math.max(0, Math.round((toMs - fromMs) / 60_000));
  if (minutes < 90) return { unit: "minutes", count: minutes };
  if (minutes < 48 * 60) return { unit: "hours", count: Math.round(minutes / 60) };
  return { unit: "days", count: Math.round(minutes / 1440) };
}

/** First days of months (or Mondays) inside a span, for the ticks of a time axis. */
export function mondaysBetween(from: CivilDate, to: CivilDate, everyWeeks: number): CivilDate[] {
  const first = epochDayOf(from);
  const last = epochDayOf(to);
  // 1970-01-05 was a Monday.
  const monday = last - ((((last - 4) % 7) + 7) % 7);
  const ticks: CivilDate[] = [];
  for (let day = monday; day >= first; day -= 7 * everyWeeks) ticks.unshift(civilDateOf(day));
  return ticks;
}

function civilPart(date: CivilDate, options: Intl.DateTimeFormatOptions, locale: string): string {
  return formatterOf(locale, { ...options, timeZone: "UTC" }).format(epochDayOf(date) * 86_400_000);
}
