import { Temporal } from "temporal-polyfill";
import type { CivilDate } from "./civil-date";

/** An instant as a `Date` or as milliseconds since 1970-01-01T00:00Z. */
export type Instant = Date | number;

/** The calendar day in `timeZone` (IANA name) at `instant`: "today for this squad". Throws RangeError for an unknown zone. */
export function civilDateIn(instant: Instant, timeZone: string): CivilDate {
  return zoned(instant, timeZone).toPlainDate().toString();
}

/** The wall-clock time in `timeZone` at `instant`, `HH:MM`, 24 h. Throws RangeError for an unknown zone. */
export function localTimeIn(instant: Instant, timeZone: string): string {
  return zoned(instant, timeZone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** Offset of `timeZone` from UTC at `instant`, in minutes, east positive. */
export function utcOffsetMinutes(instant: Instant, timeZone: string): number {
  return zoned(instant, timeZone).offsetNanoseconds / 60e9;
}

/**
 * The instant at which the wall clock of `timeZone` shows `time` (`HH:MM`) on `date`.
 * A time that the clock skips in spring is taken after the jump, one that occurs twice in autumn is the first.
 */
export function instantOf(input: { date: CivilDate; time: string; timeZone: string }): Date {
  const local = Temporal.PlainDate.from(input.date).toPlainDateTime(Temporal.PlainTime.from(input.time));
  return new Date(local.toZonedDateTime(input.timeZone, { disambiguation: "compatible" }).epochMilliseconds);
}

/** True for a name that the runtime's zone database knows. */
export function isTimeZone(name: string): boolean {
  try {
    zoned(0, name);
    return true;
  } catch {
    return false;
  }
}

function zoned(instant: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(Number(instant))).toZonedDateTimeISO(timeZone);
}
