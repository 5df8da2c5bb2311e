import { isMailedLevel } from "../readiness/level";
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
  /** What this coach was mailed about the athlete, in date order. */
  mailed: readonly Mailed[];
};

/** Where an athlete stands on a morning, in the order of a squad's page. */
export const SECTIONS = ["look", "watch", "no-verdict", "rest"] as const;
export type Section = (typeof SECTIONS)[number];

/**
 * Where a day puts an athlete. A provisional level is shown, never mailed: it belongs to what a coach may keep an eye
 * on. Without a day there is no verdict.
 */
export function sectionOf(day: Pick<AlertDay, "level" | "mailable"> | undefined): Section {
  if (!day || day.level === "no-verdict") return "no-verdict";
  if (isMailedLevel(day.level)) return day.mailable ? "look" : "watch";
  return day.level === "watch" ? "watch" : "rest";
}

/** Whether an episode opened or rose on a day. */
export function isNewOn(episode: Pick<Episode, "openedOn" | "escalations">, date: CivilDate): boolean {
  return episode.openedOn === date || episode.escalations.some((step) => step.date === date);
}

/** How many athletes there are to look at, and how many of them are new on the day or rose on it. */
export type LookCounts = { listed: number; fresh: number; continuing: number };

/** Counts those to look at: the one count of a page's headline, its list and every mail. */
export function countToLookAt(athletes: readonly { section: Section; isNew: boolean }[]): LookCounts {
  const listed = athletes.filter(({ section }) => section === "look");
  const fresh = listed.filter(({ isNew }) => isNew).length;
  return { listed: listed.length, fresh, continuing: listed.length - fresh };
}

/** An athlete's day as the squad's page shows it, whatever anybody was told. */
export type Standing = { athleteId: string; level: Level; section: Section; isNew: boolean };

type AthleteNews = { athleteId: string; level: Level; episode: Episode };
/** `on`: the day whose level is told; an earlier one where nobody was told on that day. */
type ToldNews = AthleteNews & { on: CivilDate };

/** What there is to tell about a squad; every athlete is in exactly one of the first five lists. */
export type MorningNews = {
  opened: ToldNews[];
  escalated: ToldNews[];
  /** Open episodes already told, or kept quiet because one was told within seven days; `level` is today's. */
  continuing: AthleteNews[];
  noVerdict: { athleteId: string }[];
  others: { athleteId: string; level: Level }[];
  /** Everybody as they stand today: the counts are taken from here. */
  today: Standing[];
  /** No mail goes out when nothing opened or escalated. */
  send: boolean;
};

const QUIET_DAYS = 7;

type NewsInput = { date: CivilDate; athletes: readonly MorningAthlete[] };

/**
 * Sorts a squad's athletes by what a coach should be told on the morning of `date`; mails of that day do not count. An
 * open episode that the coach was never told of is news, also when it opened after an earlier day's mail and today's
 * level is another. An athlete without a day of that date has no verdict.
 */
export function morningNews(input: NewsInput): MorningNews {
  return sorted(input, (mail) => mail.date < input.date);
}

/** The same later on that day: what the morning's mail told is told. */
export function laterNews(input: NewsInput): MorningNews {
  return sorted(input, (mail) => mail.date <= input.date);
}

function sorted({ date, athletes }: NewsInput, isBefore: (mail: Mailed) => boolean): MorningNews {
  const news: MorningNews = {
    opened: [],
    escalated: [],
    continuing: [],
    noVerdict: [],
    others: [],
    today: athletes.map((athlete) => standingOf(athlete, date)),
    send: false,
  };
  for (const athlete of athletes) place(news, { ...athlete, mailed: athlete.mailed.filter(isBefore) }, date);
  news.send = news.opened.length + news.escalated.length > 0;
  return news;
}

function standingOf({ athleteId, days }: MorningAthlete, date: CivilDate): Standing {
  const until = days.filter((day) => day.date <= date);
  const today = until.at(-1)?.date === date ? until.at(-1) : undefined;
  const episode = episodesOf(until).at(-1);
  return {
    athleteId,
    level: today?.level ?? "no-verdict",
    section: sectionOf(today),
    isNew: episode !== undefined && isNewOn(episode, date),
  };
}

function place(news: MorningNews, athlete: MorningAthlete, date: CivilDate): void {
  const { athleteId, mailed } = athlete;
  const days = athlete.days.filter((day) => day.date <= date);
  const today = days.at(-1)?.date === date ? days.at(-1) : undefined;
  const episodes = episodesOf(days);
  const last = episodes.at(-1);
  const episode = last?.closedOn === null ? last : undefined;
  const flagged = days.findLast((day) => day.date === episode?.lastFlaggedOn);
  const kind = flagged && kindOf(flagged, episodes, mailed);
  if (episode && flagged && (kind === "opened" || kind === "escalated"))
    news[kind].push({ athleteId, level: flagged.level, episode, on: flagged.date });
  else if (!today || today.level === "no-verdict") news.noVerdict.push({ athleteId });
  else if (episode) news.continuing.push({ athleteId, level: today.level, episode });
  else news.others.push({ athleteId, level: today.level });
}

/** What the last flagged day of an open episode is to a coach. */
function kindOf(
  flagged: AlertDay,
  episodes: readonly Episode[],
  told: readonly Mailed[],
): "opened" | "escalated" | "continuing" {
  const openedOn = episodes.at(-1)!.openedOn;
  const inEpisode = told.filter((mail) => mail.date >= openedOn);
  if (inEpisode.length === 0) return isKeptQuiet(flagged, episodes, told) ? "continuing" : "opened";
  return inEpisode.every((mail) => isHigher(flagged.level, mail.level)) ? "escalated" : "continuing";
}

// After a told episode the athlete is left alone for seven days from its opening, unless the new level is higher.
function isKeptQuiet(flagged: AlertDay, episodes: readonly Episode[], told: readonly Mailed[]): boolean {
  const lastMail = told.at(-1);
  if (!lastMail) return false;
  // A recomputation may have taken the told episode away: then its mail stands for it.
  const openedOn =
    episodes.findLast((episode) => episode.openedOn <= lastMail.date)?.openedOn ?? lastMail.date;
  const levels = told.filter((mail) => mail.date >= openedOn).map((mail) => mail.level);
  return (
    daysBetween(openedOn, flagged.date) < QUIET_DAYS &&
    !levels.every((level) => isHigher(flagged.level, level))
  );
}
