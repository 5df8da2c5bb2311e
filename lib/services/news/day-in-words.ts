import { type CivilDate, daysBetween } from "@/lib/time/civil-date";

/** A day of the last week by its weekday, an earlier one by its date. */
export function dayInWords(date: CivilDate, { today, locale }: { today: CivilDate; locale: string }): string {
  return format(date, daysBetween(date, today) < 7 ? weekdayForm(locale) : dateForm(locale), locale);
}

/** A day in full: "Thursday 19 November". */
export function fullDay(date: CivilDate, locale: string): string {
  return format(date, { weekday: "long", day: "numeric", month: "long" }, locale).replace(",", "");
}

// Finnish would inflect a weekday or a month inside a sentence; short forms stay as they are: "ti 17.11. alkaen".
const isFinnish = (locale: string) => locale.startsWith("fi");

function weekdayForm(locale: string): Intl.DateTimeFormatOptions {
  return isFinnish(locale) ? { weekday: "short", day: "numeric", month: "numeric" } : { weekday: "long" };
}

function dateForm(locale: string): Intl.DateTimeFormatOptions {
  return { day: "numeric", month: isFinnish(locale) ? "numeric" : "long" };
}

function format(date: CivilDate, form: Intl.DateTimeFormatOptions, locale: string): string {
  return new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}
