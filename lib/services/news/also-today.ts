import type { MorningNews } from "@/lib/alerts/morning";
import type { Evidence } from "@/lib/readiness/evidence";
import type { CivilDate } from "@/lib/time/civil-date";
import { dayInWords } from "./day-in-words";
import type { NewsWords } from "./words";

export type AlsoToday = {
  news: MorningNews;
  names: ReadonlyMap<string, string>;
  evidence: ReadonlyMap<string, Evidence>;
  /** What was said of an episode, by `<athlete>/<opened on>`. */
  verdicts: ReadonlyMap<string, string>;
  date: CivilDate;
};

/** One paragraph with everybody whom the mail does not tell of by a sentence: nobody is dropped silently. */
export function alsoToday(words: NewsWords, input: AlsoToday): string {
  const { news } = input;
  const levels = news.others.map((other) => other.level);
  const count = (...wanted: string[]) => levels.filter((level) => wanted.includes(level)).length;
  const parts = [
    ...news.continuing.map((item) => continuing(words, input, item)),
    noVerdict(words, input),
    counted(words, "provisional", count("recovery", "flag", "unexplained")),
    counted(words, "watch", count("watch")),
    counted(words, "rest", count("steady", "high")),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function continuing(
  { mail, levels, locale }: NewsWords,
  input: AlsoToday,
  item: MorningNews["continuing"][number],
) {
  const { athleteId, episode } = item;
  return mail("morning.continues", {
    name: input.names.get(athleteId) ?? "",
    level: levels(`words.${episode.level}`).toLocaleLowerCase(locale),
    day: dayInWords(episode.openedOn, { today: input.date, locale }),
    // Branches of a message cannot have a hyphen in their name.
    verdict: input.verdicts.get(`${athleteId}/${episode.openedOn}`)?.replace("-", "_") ?? "none",
  });
}

function noVerdict(words: NewsWords, { news, names, evidence }: AlsoToday): string {
  if (news.noVerdict.length === 0) return "";
  const byReason = new Map<string, string[]>();
  for (const { athleteId } of news.noVerdict) {
    const reason = evidence.get(athleteId)?.reason ?? "no-reading";
    byReason.set(reason, [...(byReason.get(reason) ?? []), names.get(athleteId) ?? ""]);
  }
  const reasons = [...byReason]
    .map(([reason, people]) => words.mail(`morning.reasons.${reason}`, { names: listed(words, people) }))
    .join(", ");
  return words.mail("morning.noVerdict", { count: news.noVerdict.length, reasons });
}

/** People in one enumeration of the language. */
export function listed({ locale }: NewsWords, people: string[]): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(people);
}

function counted({ mail }: NewsWords, key: string, count: number): string {
  return count === 0 ? "" : mail(`morning.${key}`, { count });
}
