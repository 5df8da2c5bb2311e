import type { SquadViewRow } from "@/db/queries/squad-morning";
import { readEvidence } from "@/lib/readiness/evidence";
import { chanceRange } from "../readiness/chance";
import { contextPhrases } from "../readiness/context-phrases";
import { clearingSentence, levelSentence, provisionalPhrase } from "../readiness/sentence";
import { episodesIn, openEpisodeOn, verdictOf } from "./view-episode";
import type { Look } from "./view-look";
import type { WhyView } from "./view-model";

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
    clearing: clearingSentence(evidence),
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
