import { addDays, type CivilDate, dateIn, datesFrom } from "../civil";
import type { DaySource } from "../generate/day";
import { createDaySource, type Origin } from "../generate/source";
import type { Added } from "../state";

/** No history reaches further back than this. */
export const longestHistoryDays = 180;

/** One athlete's days, and what was added to them. */
export type Person = Origin & {
  dayOf: DaySource;
  added: () => Added;
  /** The first day that the devices know of, and the day the story is told from. */
  firstDate: CivilDate;
  startDate: CivilDate;
};

export function createPerson(origin: Origin, added: () => Added): Person {
  const dayOf = createDaySource(origin);
  const startDate = dateIn(origin.timeZone, origin.startedAt);
  const firstDate =
    datesFrom(addDays(startDate, 1 - longestHistoryDays), startDate).find((date) => dayOf(date)) ?? startDate;
  return { ...origin, dayOf, added, firstDate, startDate };
}
