import type { History } from "@/db/queries/histories";
import { travelDays } from "@/lib/readiness/travel";
import { valuesByDay } from "./values-by-day";

/** Days labelled as travel: by the zone each night was reported in, or a session where no night was, less those a coach took back. */
export function travelDaysOf({ devices, sessionOffsets, notTravelDays }: History): Set<number> {
  const reported = new Map([
    ...valuesByDay(sessionOffsets.days, sessionOffsets.utcOffsetMinutes),
    ...valuesByDay(devices.days, devices.utcOffsetMinutes),
  ]);
  const travelled = travelDays(reported);
  for (const day of notTravelDays) travelled.delete(day);
  return travelled;
}
