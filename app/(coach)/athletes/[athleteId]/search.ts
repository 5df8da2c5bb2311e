import { z } from "zod";
import { addressOf, daysOf, one, wordOf } from "@/app/search";
import { isCivilDate } from "@/lib/time/civil-date";

/** Days that an athlete's page can show. */
export const RANGES = [30, 90, 365] as const;

const athleteSearch = z.object({
  days: daysOf(RANGES, 90),
  day: one.transform((value) => (isCivilDate(value) ? value : undefined)),
  view: wordOf(["charts", "table"]),
});

export type AthleteSearch = z.output<typeof athleteSearch>;

/** What the address of an athlete's page says; what it does not understand counts as absent. */
export const readAthleteSearch = (search: unknown) => athleteSearch.parse(search);

export function athleteAddress(path: string, { days, day, view }: AthleteSearch): string {
  return addressOf(path, {
    days: days === 90 ? "" : String(days),
    day: day ?? "",
    view: view === "charts" ? "" : view,
  });
}
