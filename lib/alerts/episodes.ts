import { type Level, MAILED_LEVELS } from "../readiness/types";
import type { CivilDate } from "../time/civil-date";

/** A scored day as episodes see it. `mailable`: a mailed level of the preset on a firm baseline. */
export type AlertDay = { date: CivilDate; level: Level; mailable: boolean };

/** A run of mornings on which an athlete is worth a coach's look. */
export type Episode = {
  openedOn: CivilDate;
  /** The third scored day without a mailed level; null while open. */
  closedOn: CivilDate | null;
  /** Highest level so far. */
  level: Level;
  /** Days on which the level rose above all before, in the order unexplained, flag, recovery. */
  escalations: { date: CivilDate; level: Level }[];
  lastFlaggedOn: CivilDate;
};

const CLEAR_DAYS_TO_CLOSE = 3;
const RANKED: readonly Level[] = [...MAILED_LEVELS].reverse();

/** True when `level` stands above `other` in the order unexplained, flag, recovery. */
export function isHigher(level: Level, other: Level): boolean {
  return RANKED.indexOf(level) > RANKED.indexOf(other);
}

/**
 * Episodes of one athlete, oldest first, from days in date order. An episode opens on the first mailable day and closes
 * on the third scored day without one; days without a verdict neither extend nor close it.
 */
export function episodesOf(days: readonly AlertDay[]): Episode[] {
  const episodes: Episode[] = [];
  let clearDays = 0;
  for (const day of days) {
    const current = openEpisode(episodes);
    if (day.mailable) {
      clearDays = 0;
      if (current) extend(current, day);
      else episodes.push(opened(day));
    } else if (current && day.level !== "no-verdict") {
      clearDays++;
      if (clearDays === CLEAR_DAYS_TO_CLOSE) {
        current.closedOn = day.date;
        clearDays = 0;
      }
    }
  }
  return episodes;
}

function openEpisode(episodes: readonly Episode[]): Episode | undefined {
  const last = episodes.at(-1);
  return last?.closedOn === null ? last : undefined;
}

function opened(day: AlertDay): Episode {
  return { openedOn: day.date, closedOn: null, level: day.level, escalations: [], lastFlaggedOn: day.date };
}

function extend(episode: Episode, day: AlertDay): void {
  episode.lastFlaggedOn = day.date;
  if (!isHigher(day.level, episode.level)) return;
  episode.level = day.level;
  episode.escalations.push({ date: day.date, level: day.level });
}
