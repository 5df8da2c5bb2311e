import type { MorningMailContent } from "@/lib/email/morning-mail";
import { MAILED_LEVELS } from "@/lib/readiness/level";
import type { Preset } from "@/lib/readiness/types";
import type { OwnChance } from "@/lib/services/backtest/own-chance";
import { chanceCounts } from "@/lib/services/readiness/chance";
import { contextPhrases } from "@/lib/services/readiness/context-phrases";
import { clearingSentence, levelSentence } from "@/lib/services/readiness/sentence";
import { type AlsoToday, alsoToday, listed } from "./also-today";
import { fullDay } from "./day-in-words";
import type { NewsWords } from "./words";

/** More athletes than this are told by name and level: mail programs cut a mail at 102 KB. */
const MOST_IN_FULL = 40;

export type MorningFacts = AlsoToday & {
  /** The squad's own rates of chance, once simulated. */
  own?: OwnChance | undefined;
  squad: { squadId: string; name: string; preset: Preset };
  appUrl: string;
  stopUrl: string;
};

/** Everything a readiness mail says. Names and values stand inside only, never in the subject or the preview. Pure. */
export function composeMorning(words: NewsWords, facts: MorningFacts): MorningMailContent {
  const { mail, locale } = words;
  const { squad, appUrl } = facts;
  const date = fullDay(facts.date, locale);
  const told = athletesOf(words, facts);
  const athletes = told.slice(0, MOST_IN_FULL);
  const further = told.slice(MOST_IN_FULL).map(({ name, word }) => `${name} (${word})`);
  const others = alsoToday(words, facts);
  return {
    lang: words.language,
    preview: mail("morning.preview", { squad: squad.name, date }),
    eyebrow: mail("morning.eyebrow", { squad: squad.name, date }),
    title: mail("morning.title", { count: told.length }),
    athletes,
    open: { href: `${appUrl}/squads/${squad.squadId}`, label: mail("morning.open") },
    also: {
      label: mail("morning.also"),
      text:
        further.length === 0
          ? others
          : `${mail("morning.further", { names: listed(words, further) })} ${others}`.trim(),
    },
    chance: chance(words, facts),
    fewer: { href: `${appUrl}/squads/${squad.squadId}/alerts`, label: mail("morning.fewer") },
    credit: mail("morning.credit"),
    stop: { href: facts.stopUrl, label: mail("morning.stop") },
    settings: { href: `${appUrl}/squads/${squad.squadId}/settings`, label: mail("morning.settings") },
    policy: mail("morning.policy"),
  };
}

function athletesOf({ levels, locale }: NewsWords, { news, names, evidence, appUrl }: MorningFacts) {
  const told = [...news.opened, ...news.escalated].flatMap(({ athleteId }) => {
    const day = evidence.get(athleteId);
    const level = MAILED_LEVELS.find((mailed) => mailed === day?.level);
    return day && level ? [{ athleteId, day, level }] : [];
  });
  told.sort((a, b) => MAILED_LEVELS.indexOf(a.level) - MAILED_LEVELS.indexOf(b.level));
  return told.map(({ athleteId, day, level }) => {
    const sentence = levelSentence(day, locale);
    const clearing = clearingSentence(day);
    return {
      name: names.get(athleteId) ?? "",
      href: `${appUrl}/athletes/${athleteId}`,
      level,
      word: levels(`words.${level}`),
      sentence: [sentence, ...contextPhrases(day, locale, ["morning", "travel"])]
        .map(({ key, values }) => levels(key, values))
        .join(" "),
      small: clearing ? levels(clearing.key, clearing.values) : "",
    };
  });
}

function chance({ mail }: NewsWords, { squad, evidence, own }: MorningFacts): string {
  const judged = [...evidence.values()].filter(
    (day) => day.reason === null && day.baseline.grade === "firm",
  ).length;
  const { from, to } = chanceCounts({ preset: squad.preset, athletes: judged, own });
  const next = to === from + 1 ? "yes" : "no";
  return mail("morning.chance", { from, to, next, preset: mail(`presets.${squad.preset}`) });
}
