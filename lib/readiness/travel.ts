import { TRAVEL } from "./constants";

/** Minutes east of UTC that a device reported, by days counted from 1970-01-01. */
export type ReportedOffsets = ReadonlyMap<number, number>;

const DAY_MINUTES = 24 * 60;

/**
 * Days to label as travel: from the first day on which the device reports a zone at least three hours from the one it
 * reported before, as many days as hours. Hours are counted the short way round the clock, since from UTC+13 to UTC-10
 * the body moves by one. A day without a report keeps the zone before; no day looks at a later one.
 */
export function travelDays(reported: ReportedOffsets): Set<number> {
  const travelled = new Set<number>();
  let before: number | undefined;
  for (const [day, offsetMinutes] of [...reported].sort(([a], [b]) => a - b)) {
    const hours = before === undefined ? 0 : hoursBetween(before, offsetMinutes);
    if (hours >= TRAVEL.minHours) for (let i = 0; i < Math.ceil(hours); i++) travelled.add(day + i);
    before = offsetMinutes;
  }
  return travelled;
}

function hoursBetween(a: number, b: number): number {
  const apart = Math.abs(a - b) % DAY_MINUTES;
  return Math.min(apart, DAY_MINUTES - apart) / 60;
}
