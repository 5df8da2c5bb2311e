import { type CivilDate, epochDayOf } from "@/lib/time/civil-date";

/** 1 for Monday to 7 for Sunday. */
export function isoWeekday(date: CivilDate): number {
  // 1970-01-01 was a Thursday.
  return ((((epochDayOf(date) + 3) % 7) + 7) % 7) + 1;
}
