import type { CivilDate } from "@/lib/time/civil-date";
import type { OwnChance } from "../backtest/own-chance";
import { type Calendar, calendarOf } from "./view-episode";

/** What every row of one view shares. */
export type Look = {
  date: CivilDate;
  calendar: Calendar;
  locale: string;
  /** The squad's own rates of chance, once a back-test found them. */
  own?: OwnChance | undefined;
};

/** A look at one date. */
export function lookAt(of: Omit<Look, "calendar">): Look {
  return { ...of, calendar: calendarOf(of.date) };
}
