import { addDays, type CivilDate, civilDateOf, isCivilDate } from "@/lib/time/civil-date";

const FIRST = "2000-01-01";
const MS_PER_DAY = 86_400_000;

/** A day a watch can have recorded: from 2000 to two days after the payload was fetched (zones reach a day ahead). */
export function isPlausibleDate(date: CivilDate, fetchedAt: string): boolean {
  const last = addDays(civilDateOf(Math.floor(Date.parse(fetchedAt) / MS_PER_DAY)), 2);
  return isCivilDate(date) && date >= FIRST && date <= last;
}
