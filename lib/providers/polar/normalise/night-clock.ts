import { daysBetween } from "@/lib/time/civil-date";
import { secondOfDay } from "../schemas/time";

const DAY = 1440;
/** Minutes after midnight of `HH:MM`, seconds left out; null when it is no time of day. */
export function minuteOfDay(clock: string): number | null {
  const second = secondOfDay(clock);
  return second === null ? null : Math.floor(second / 60);
}

/** A change of the clock during a night: by how much, and at which wall-clock minute after the first midnight. */
export type ClockChange = { minutes: 60 | -60; atMinute: number };

function isLastSundayOfMonth(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 0 && Number(date.slice(8)) > 24;
}

/**
 * The clock change inside a night whose start and end have offsets an hour apart. Polar names no zone: Europe changes
 * at 01:00 UTC on the last Sunday of March and October, the others are taken to change at 02:00 wall-clock time.
 * @param input dates and minutes east of UTC of the night's start and end
 * @returns null when the offsets do not differ by one hour
 */
export function clockChange(input: {
  startDate: string;
  endDate: string;
  startOffset: number;
  endOffset: number;
}): ClockChange | null {
  const minutes = input.endOffset - input.startOffset;
  if (minutes !== 60 && minutes !== -60) return null;
  const isEuropean = isLastSundayOfMonth(input.endDate) && Math.abs(input.startOffset) <= 240;
  const clockMinute = isEuropean ? 60 + input.startOffset : 120;
  return { minutes, atMinute: clockMinute + daysBetween(input.startDate, input.endDate) * DAY };
}

/**
 * Minutes that have passed between the night's start and a wall-clock time within the 23 hours after it
 * (a time up to one hour before the start counts as before it). In the repeated hour of autumn the first is meant.
 */
export function elapsedMinutes(
  clockMinute: number,
  night: { startMinute: number; change: ClockChange | null },
): number {
  const ahead = (clockMinute - night.startMinute + DAY) % DAY;
  const sinceStart = ahead > DAY - 60 ? ahead - DAY : ahead;
  const { change } = night;
  return change && night.startMinute + sinceStart >= change.atMinute
    ? sinceStart - change.minutes
    : sinceStart;
}

/** The time of day at which a night's series begins: the one after the longest silence around the clock. */
export function firstMinute(clockMinutes: readonly number[]): number {
  const sorted = clockMinutes.toSorted((a, b) => a - b);
  let first = sorted[0] ?? 0;
  let longest = -1;
  sorted.forEach((minute, at) => {
    const before = sorted[at - 1] ?? (sorted.at(-1) ?? 0) - DAY;
    if (minute - before > longest) [first, longest] = [minute, minute - before];
  });
  return first;
}
