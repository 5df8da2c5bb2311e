import type { Tally } from "./tally";

/** A tally as a coach reads it. */
export type Rates = {
  /** Mornings with a mail, and the same by week. */
  mails: number;
  mailsPerWeek: number;
  episodes: number;
  /** Per athlete of the squad and 30 days. */
  episodesPerAthleteMonth: number;
  /** Athletes at a mailed level on an average morning. */
  flaggedPerMorning: number;
  /** Share of judged athlete-days at a mailed level, 0 to 1; 0 when none was judged. */
  flaggedShare: number;
};

/** Turns counts into rates. */
export function ratesOf(tally: Tally): Rates {
  const mornings = tally.namedByMorning.length;
  const mails = tally.namedByMorning.filter((names) => names > 0).length;
  const episodes = tally.episodesByAthlete.reduce((sum, count) => sum + count, 0);
  const per = (count: number, days: number) => (days > 0 ? count / days : 0);
  return {
    mails,
    mailsPerWeek: 7 * per(mails, mornings),
    episodes,
    episodesPerAthleteMonth: 30 * per(episodes, mornings * tally.episodesByAthlete.length),
    flaggedPerMorning: per(tally.flaggedDays, mornings),
    flaggedShare: per(tally.flaggedDays, tally.judgedDays),
  };
}
