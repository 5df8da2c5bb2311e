import type { Level } from "../readiness/types";
import type { CivilDate } from "../time/civil-date";
import { daysBetween } from "../time/civil-date";
import { type AlertDay, type Episode, episodesOf, isHigher } from "./episodes";

/** A level that a mail told a coach on a morning: frozen, whatever is recomputed later. */
export type Mailed = { date: CivilDate; level: Level };

export type MorningAthlete = {
  athleteId: string;
  /** Scored days in date order; later ones than the morning are ignored. */
  days: readonly AlertDay[];
  /** What this coach was mailed about the athlete before this morning, in date order. */
  mailed: readonly Mailed[];
};

type AthleteNews = { athleteId: string; level: Level; episode: Episode };

/** What there is to tell about a squad this morning; every athlete is in exactly one list. */
export type MorningNews = {
  opened: AthleteNews[];
  escalated: AthleteNews[];
  /** Open episodes already told, or kept quiet because one was told within seven days; `level` is today's. */
  continuing: AthleteNews[];
  noVerdict: { athleteId: string }[];
  others: { athleteId: string; level: Level }[];
  /** No mail goes out when nothing opened or escalated. */
  send: boolean;
};

const QUIET_DAYS = 7;

/** Sorts a squad's athletes by what a coach should be told on `date`. An athlete without a day of that date has no verdict. */
export function morningNews(input: { date: CivilDate; athletes: readonly MorningAthlete[] }): MorningNews {
  const news: MorningNews = {
    opened: [],
    escalated: [],
    continuing: [],
    noVerdict: [],
    others: [],
    send: false,
  };
  for (const athlete of input.athletes) place(news, athlete, input.date);
  news.send = news.opened.length + news.escalated.length > 0;
  return news;
}

function place(news: MorningNews, athlete: MorningAthlete, date: CivilDate): void {
  const { athleteId } = athlete;
  const days = athlete.days.filter((day) => day.date <= date);
  const today = days.at(-1)?.date === date ? days.at(-1) : undefined;
  if (!today || today.level === "no-verdict") {
    news.noVerdict.push({ athleteId });
    return;
  }
  const episodes = episodesOf(days);
  const episode = episodes.at(-1);
  if (episode?.closedOn !== null) {
    news.others.push({ athleteId, level: today.level });
    return;
  }
  const told = athlete.mailed.filter((mail) => mail.date < date);
  news[kindOf(today, episodes, told)].push({ athleteId, level: today.level, episode });
}

function kindOf(
  today: AlertDay,
  episodes: readonly Episode[],
  told: readonly Mailed[],
): "opened" | "escalated" | "continuing" {
  if (!today.mailable) return "continuing";
  const openedOn = episodes.at(-1)!.openedOn;
  const inEpisode = told.filter((mail) => mail.date >= openedOn);
  if (inEpisode.length === 0) return isKeptQuiet(today, episodes, told) ? "continuing" : "opened";
  return inEpisode.every((mail) => isHigher(today.level, mail.level)) ? "escalated" : "continuing";
}

// After a told episode the athlete is left alone for seven days from its opening, unless the new level is higher.
function isKeptQuiet(today: AlertDay, episodes: readonly Episode[], told: readonly Mailed[]): boolean {
  const lastMail = told.at(-1);
  if (!lastMail) return false;
  // A recomputation may have taken the told episode away: then its mail stands for it.
  const openedOn =
    episodes.findLast((episode) => episode.openedOn <= lastMail.date)?.openedOn ?? lastMail.date;
  const levels = told.filter((mail) => mail.date >= openedOn).map((mail) => mail.level);
  return (
    daysBetween(openedOn, today.date) < QUIET_DAYS && !levels.every((level) => isHigher(today.level, level))
  );
}
