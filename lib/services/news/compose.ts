import type { NewsKind } from "@/lib/alerts/frozen";
import { countToLookAt } from "@/lib/alerts/morning";
import type { MorningMailContent } from "@/lib/email/morning-mail";
import type { Evidence } from "@/lib/readiness/evidence";
import { MAILED_LEVELS, type MailedLevel, type Preset } from "@/lib/readiness/types";
import { chanceCounts, isJudged, type OwnChance } from "@/lib/services/backtest/chance";
import { readingBesideUsual } from "@/lib/services/readiness/figures";
import { clearingSentence, contextPhrases, levelSentence } from "@/lib/services/readiness/sentence";
import type { CivilDate } from "@/lib/time/civil-date";
import { civilDateIn, localTimeIn } from "@/lib/time/zone";
import { type AlsoToday, alsoToday, dayInWords, fullDay, listed, type NewsWords } from "./words";

/** More athletes than this are told by name and level: mail programs cut a mail at 102 KB. */
const MOST_IN_FULL = 40;

/** What the mail says of its own moment. */
type ToldAt = {
  kind: NewsKind;
  at: Date;
  timeZone: string;
  nightsIn: number;
  expected: number;
  /** Since when the jobs did not run, where that made the mail late. */
  downFrom: Date | null;
};

type MorningFacts = AlsoToday & {
  told: ToldAt;
  /** Evidence of an earlier day that is told today, by athlete. */
  earlier: ReadonlyMap<string, Evidence>;
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
  const isLater = facts.told.kind === "later-today";
  // The page's count; who is told of an earlier day alone is not to be looked at today.
  const counts = { ...countToLookAt(facts.news.today), earlier: earlierOnly(facts) };
  // The morning's mail has said who continues and who has no verdict.
  const others = isLater ? "" : alsoToday(words, facts);
  return {
    lang: words.language,
    preview: mail("morning.preview", { squad: squad.name, date }),
    eyebrow: mail("morning.eyebrow", { squad: squad.name, date }),
    title: isLater
      ? mail("morning.laterTitle", { count: told.length, more: counts.listed > told.length ? "yes" : "no" })
      : mail("morning.title", counts),
    decided: [isLater ? "" : mail("morning.counts", counts), decided(words, facts.told)].join(" ").trim(),
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
    policy: mail(isLater ? "morning.laterPolicy" : "morning.policy"),
  };
}

/** Athletes told of an earlier day who are not among those to look at today. */
function earlierOnly({ news }: MorningFacts): number {
  const listed = new Set(
    news.today.flatMap(({ athleteId, section }) => (section === "look" ? athleteId : [])),
  );
  return [...news.opened, ...news.escalated].filter(({ athleteId }) => !listed.has(athleteId)).length;
}

/** How many nights the mail rests on, and why it is late where it is. */
function decided({ mail, locale }: NewsWords, told: ToldAt): string {
  const { kind, at, timeZone, nightsIn, expected, downFrom } = told;
  const time = localTimeIn(at, timeZone);
  const counts = { time, in: nightsIn, of: expected, missing: expected - nightsIn };
  const nights = expected > 0 ? "counted" : "uncounted";
  const parts = [mail(`morning.${kind === "morning" ? "decided" : "laterDecided"}.${nights}`, counts)];
  if (downFrom) {
    const [day, today] = [civilDateIn(downFrom, timeZone), civilDateIn(at, timeZone)];
    const clock = localTimeIn(downFrom, timeZone);
    parts.push(
      mail("morning.late", {
        from: day === today ? clock : `${dayInWords(day, { today, locale })} ${clock}`,
      }),
    );
  }
  return parts.join(" ");
}

function athletesOf(words: NewsWords, facts: MorningFacts) {
  const told = [...facts.news.opened, ...facts.news.escalated].flatMap(({ athleteId, on }) => {
    const day = (on === facts.date ? facts.evidence : facts.earlier).get(athleteId);
    const level = MAILED_LEVELS.find((mailed) => mailed === day?.level);
    return day && level ? [{ athleteId, day, level, on }] : [];
  });
  told.sort((a, b) => MAILED_LEVELS.indexOf(a.level) - MAILED_LEVELS.indexOf(b.level));
  return told.map((item) => athleteOf(words, facts, item));
}

type ToldDay = { athleteId: string; day: Evidence; level: MailedLevel; on: CivilDate };

function athleteOf(words: NewsWords, facts: MorningFacts, told: ToldDay) {
  const { athleteId, day, level, on } = told;
  const { levels, locale } = words;
  const isToday = on === facts.date;
  // What would have cleared an earlier day is known by now: today's level says it.
  const clearing = isToday ? clearingSentence(day, locale) : null;
  return {
    name: facts.names.get(athleteId) ?? "",
    href: `${facts.appUrl}/athletes/${athleteId}`,
    level,
    word: levels(`words.${level}`),
    sentence: isToday
      ? `${todaySentence(words, day)} ${since(words, facts, athleteId)}`.trim()
      : earlierSentence(words, facts, told),
    small: clearing ? levels(clearing.key, clearing.values) : "",
  };
}

function todaySentence({ levels, locale }: NewsWords, day: Evidence): string {
  return [levelSentence(day, locale), ...contextPhrases(day, locale, ["morning", "travel"])]
    .map(({ key, values }) => levels(key, values))
    .join(" ");
}

/** Since when an episode lasts that did not open today, as beside the name on the squad's page. */
function since({ mail, locale }: NewsWords, { news, date }: MorningFacts, athleteId: string): string {
  const told = [...news.opened, ...news.escalated].find((one) => one.athleteId === athleteId);
  if (!told || told.episode.openedOn === date) return "";
  return mail("morning.since", { day: dayInWords(told.episode.openedOn, { today: date, locale }) });
}

/** A day that nobody was mailed about in time, and how the athlete stands today. */
function earlierSentence(
  { mail, levels, locale }: NewsWords,
  { evidence, date }: MorningFacts,
  { athleteId, day, on }: ToldDay,
): string {
  const level = levels(`words.${evidence.get(athleteId)?.level ?? "no-verdict"}`).toLocaleLowerCase(locale);
  return mail("morning.earlier", {
    day: dayInWords(on, { today: date, locale }),
    ...readingBesideUsual(day, locale),
    level,
  });
}

function chance({ mail }: NewsWords, { squad, evidence, own }: MorningFacts): string {
  const judged = [...evidence.values()].filter(({ level, baseline }) =>
    isJudged({ level, grade: baseline.grade }),
  ).length;
  const { from, to } = chanceCounts({ preset: squad.preset, athletes: judged, own });
  const next = to === from + 1 ? "yes" : "no";
  return mail("morning.chance", { from, to, next, preset: mail(`presets.${squad.preset}`) });
}
