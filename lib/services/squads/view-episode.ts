import { HISTORY_DAYS, type PackedHistory, type SquadViewRow } from "@/db/queries/squad-morning";
import { type AlertDay, type Episode, episodesOf } from "@/lib/alerts/episodes";
import { isNewOn } from "@/lib/alerts/morning";
import { isMailedLevel } from "@/lib/readiness/level";
import type { Level } from "@/lib/readiness/types";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import type { EpisodeView, VerdictView } from "./view-model";

const LEVEL_OF: Record<string, Level> = {
  r: "recovery",
  f: "flag",
  u: "unexplained",
  w: "watch",
  h: "high",
  s: "steady",
  n: "no-verdict",
};
/** What a day's initial stands for; upper case is a firm baseline. */
const DAY_OF: Record<string, Pick<AlertDay, "level" | "mailable">> = Object.fromEntries(
  Object.entries(LEVEL_OF).flatMap(([initial, level]) => [
    [initial, { level, mailable: false }],
    [initial.toUpperCase(), { level, mailable: isMailedLevel(level) }],
  ]),
);
const MAILED_ON_FIRM = /[RFU]/;

/** Dates by days before the chosen one: reckoned once for a whole squad. */
export type Calendar = readonly CivilDate[];

/** The dates of a view's history, the chosen one first. */
export function calendarOf(date: CivilDate): Calendar {
  return Array.from({ length: HISTORY_DAYS }, (_, daysBefore) => addDays(date, -daysBefore));
}

/** Episodes inside the history that came with a row. */
export function episodesIn(history: PackedHistory, calendar: Calendar): Episode[] {
  const first = history.levels.search(MAILED_ON_FIRM);
  if (first === -1) return [];
  const days: AlertDay[] = [];
  for (let i = first; i < history.levels.length; i++) {
    const { level, mailable } = DAY_OF[history.levels[i]!]!;
    days.push({ date: calendar[-history.firstOffset - i]!, level, mailable });
  }
  return episodesOf(days);
}

/** The episode that is open on the date. */
export function openEpisodeOn(episodes: readonly Episode[], date: CivilDate): EpisodeView | null {
  const last = episodes.at(-1);
  if (last === undefined || last.closedOn !== null) return null;
  return {
    openedOn: last.openedOn,
    day: daysBetween(last.openedOn, date) + 1,
    escalatedToday: last.escalations.some((step) => step.date === date),
    isNew: isNewOn(last, date),
  };
}

/** What a coach said of the open episode. */
export function verdictOf(
  row: Pick<SquadViewRow, "verdicts">,
  episode: EpisodeView | null,
): VerdictView | null {
  const said = episode && row.verdicts.find((verdict) => verdict.openedOn === episode.openedOn);
  if (!said) return null;
  const { verdict, cause, by, saidAtMs } = said;
  return { verdict, cause, by, saidAtMs };
}
