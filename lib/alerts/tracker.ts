import type { NewsStep } from "./frozen";

/** What a morning told about one athlete. */
export type Told = NewsStep | null;

/** 0: no mailed level; 1 unexplained, 2 flag, 3 recovery. */
export type AlertRank = 0 | 1 | 2 | 3;

const CLEAR_DAYS_TO_CLOSE = 3;
const QUIET_DAYS = 7;

/**
 * Episodes and mails of one athlete in one pass over day numbers, every due mail taken as sent: what `episodesOf` and
 * `morningNews` say, fast enough for thousands of seasons.
 */
export function alertTracker() {
  let open = false;
  let openedOn = 0;
  let clearDays = 0;
  let toldRank = 0;
  let lastTold = { openedOn: Number.NEGATIVE_INFINITY, rank: 0 };
  let episodes = 0;

  function onMailable(day: number, rank: number): Told {
    if (!open) {
      open = true;
      openedOn = day;
      toldRank = 0;
      episodes++;
    }
    clearDays = 0;
    if (rank <= toldRank) return null;
    if (toldRank === 0 && day - lastTold.openedOn < QUIET_DAYS && rank <= lastTold.rank) return null;
    const told = toldRank === 0 ? "opened" : "escalated";
    toldRank = rank;
    lastTold = { openedOn, rank };
    return told;
  }

  return {
    /** Takes the next day; one without a verdict counts for nothing. */
    step(day: number, rank: AlertRank): Told {
      if (rank > 0) return onMailable(day, rank);
      if (open && ++clearDays === CLEAR_DAYS_TO_CLOSE) {
        open = false;
        clearDays = 0;
      }
      return null;
    },
    /** How many episodes have opened so far. */
    episodes: () => episodes,
  };
}
