import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { isPlausible, type Quantity } from "@/lib/wearables/plausible";
import type { MinuteSeries, Rejected } from "@/lib/wearables/types";
import { type ClockChange, elapsedMinutes, firstMinute, minuteOfDay } from "./night-clock";

/** A night's wall clock: where it starts and whether the clock changed in it. */
export type NightClock = { startDate: CivilDate; startMinute: number; change: ClockChange | null };

type Entry = { clockMinute: number; value: unknown; path: string };

/** Entries of Polar's `{"HH:MM": value}` objects; keys that are no time of day are rejected. */
export function minuteEntries(
  map: Record<string, unknown> | null | undefined,
  name: string,
): { entries: Entry[]; rejected: Rejected[] } {
  const entries: Entry[] = [];
  const rejected: Rejected[] = [];
  for (const [key, value] of Object.entries(map ?? {})) {
    const clockMinute = minuteOfDay(key);
    if (clockMinute === null)
      rejected.push({ path: `${name}.${key.slice(0, 40)}`, reason: "not-a-time-of-day" });
    else entries.push({ clockMinute, value, path: `${name}.${key}` });
  }
  return { entries, rejected };
}

/** The clock of a night of which only the waking date is known: it began the day before when it crossed midnight or began in the evening. */
export function clockOfWakingDate(date: CivilDate, clockMinutes: readonly number[]): NightClock {
  const startMinute = firstMinute(clockMinutes);
  const crosses = clockMinutes.some((minute) => minute < startMinute);
  const isEvening = startMinute >= 18 * 60;
  return { startDate: crosses || isEvening ? addDays(date, -1) : date, startMinute, change: null };
}

function naiveTime(date: CivilDate, minute: number): string {
  const hours = String(Math.floor(minute / 60)).padStart(2, "0");
  return `${date}T${hours}:${String(minute % 60).padStart(2, "0")}`;
}

/**
 * A series of a night: `startsAt` is the wall clock of its first sample, minutes are elapsed ones.
 * 0 and -1 mean that the sensor had no value and become null; what is no number, or cannot be one of its `quantity`, is
 * rejected and leaves a gap.
 */
export function minuteSeries(input: {
  map: Record<string, unknown> | null | undefined;
  name: string;
  quantity: Quantity;
  clockFor: (clockMinutes: readonly number[]) => NightClock;
}): { series: MinuteSeries | null; rejected: Rejected[] } {
  const { entries, rejected } = minuteEntries(input.map, input.name);
  const points: [number, number | null][] = [];
  const clock = input.clockFor(entries.map((entry) => entry.clockMinute));
  for (const { clockMinute, value, path } of entries) {
    if (value !== null && typeof value !== "number") rejected.push({ path, reason: "expected-number" });
    else points.push([elapsedMinutes(clockMinute, clock), measured(value, path)]);
  }
  function measured(value: number | null, path: string): number | null {
    if (value === null || value === 0 || value === -1) return null;
    if (isPlausible(input.quantity, value)) return value;
    rejected.push({ path, reason: "out-of-range" });
    return null;
  }
  points.sort((a, b) => a[0] - b[0]);
  const offset = points[0]?.[0];
  if (offset === undefined) return { series: null, rejected };
  const wallMinute =
    entries.find((entry) => elapsedMinutes(entry.clockMinute, clock) === offset)?.clockMinute ?? 0;
  const startsNextDay = clock.startMinute + offset >= 1440;
  const startsAt = naiveTime(addDays(clock.startDate, startsNextDay ? 1 : 0), wallMinute);
  return {
    series: { startsAt, points: points.map(([minute, value]) => [minute - offset, value]) },
    rejected,
  };
}
