import { HISTORY_DAYS, type PackedHistory, SPARK_DAYS, type SquadViewRow } from "@/db/queries/squad-morning";
import { type AlertDay, type Episode, episodesOf } from "@/lib/alerts/episodes";
import { isNewOn } from "@/lib/alerts/morning";
import { readEvidence } from "@/lib/readiness/evidence";
import { isMailedLevel } from "@/lib/readiness/level";
import type { Level } from "@/lib/readiness/types";
import { chanceRange } from "@/lib/services/backtest/chance";
import {
  clearingSentence,
  contextPhrases,
  levelSentence,
  provisionalPhrase,
} from "@/lib/services/readiness/sentence";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import type { Look } from "./look";
import type { EpisodeView, SparkView, VerdictView, WhyView } from "./view-model";

type Baseline = Pick<SquadViewRow, "baselineMean" | "baselineSd">;

type Scale = { mean: number; sd: number; shownMean: number };

/** The last 60 days in units of the athlete's own SD around the own mean; null without a single reading. */
export function sparkOf(
  row: Baseline,
  history: PackedHistory,
  shown: { episodes: readonly Episode[]; date: CivilDate },
): SparkView | null {
  const nights = history.nights ?? [];
  const known = nights.filter((x) => x !== null);
  if (known.length === 0) return null;
  const scale = scaleOf(row, known);
  // The latest scored day may lie before the chosen one.
  const daysAfter = 1 - history.firstOffset - history.levels.length;
  return {
    nights: daysInSd(nights, scale, daysAfter),
    mean7: daysInSd(history.mean7 ?? [], scale, daysAfter),
    episodes: shown.episodes
      .map((episode) => ({ daysBefore: daysBetween(episode.openedOn, shown.date), level: episode.level }))
      .filter(({ daysBefore }) => daysBefore < SPARK_DAYS),
    hasBand: row.baselineMean !== null && (row.baselineSd ?? 0) > 0,
    count: known.length,
    meanMs: Math.round(Math.exp(scale.shownMean)),
  };
}

function daysInSd(
  values: readonly (number | null)[],
  { mean, sd }: Scale,
  daysAfter: number,
): (number | null)[] {
  const days = Array<number | null>(SPARK_DAYS).fill(null);
  const first = SPARK_DAYS - daysAfter - values.length;
  for (const [i, x] of values.entries()) if (x !== null) days[first + i] = (x / 1000 - mean) / sd;
  return days;
}

function scaleOf(row: Baseline, nights: readonly number[]): Scale {
  const shownMean = nights.reduce((sum, x) => sum + x, 0) / nights.length / 1000;
  if (row.baselineMean !== null && row.baselineSd) {
    return { mean: row.baselineMean, sd: row.baselineSd, shownMean };
  }
  const squares = nights.reduce((sum, x) => sum + (x / 1000 - shownMean) ** 2, 0);
  // A flat or single-night series is drawn on its middle line.
  return { mean: shownMean, sd: Math.sqrt(squares / Math.max(1, nights.length - 1)) || 1, shownMean };
}

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

/** The reason of one day, from its stored evidence; null when the day was not scored. */
export function whyOf(row: SquadViewRow, look: Look): WhyView | null {
  if (!row.evidence || !row.history || !row.whyNights || row.scoredAtMs === null) return null;
  const evidence = readEvidence(row.evidence);
  const { date, locale, own } = look;
  const episode = openEpisodeOn(episodesIn(row.history, look.calendar), date);
  return {
    athleteId: row.athleteId,
    name: row.name,
    date,
    level: evidence.level,
    evidence,
    sentence: levelSentence(evidence, locale),
    context: contextPhrases(evidence, locale, ["travel", "drift", "robust"]),
    clearing: clearingSentence(evidence, locale),
    provisional: provisionalPhrase(evidence),
    nights: row.whyNights.map(({ offset, ...night }) => ({ daysBefore: -offset, ...night })),
    scoredAtMs: row.scoredAtMs,
    deviceId: row.deviceId,
    morning: row.morning,
    chance: chanceRange(evidence.preset, own),
    episode,
    verdict: verdictOf(row, episode),
  };
}
