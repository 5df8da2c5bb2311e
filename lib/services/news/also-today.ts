import type { MorningNews, Section } from "@/lib/alerts/morning";
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

/**
 * One paragraph beside those whom the mail tells of by a sentence: who continues, then everybody not to look at, counted as the
 * squad's page counts them. Nobody is dropped silently.
 */
export function alsoToday(words: NewsWords, input: AlsoToday): string {
  const { news } = input;
  const inSection = (section: Section) => news.today.filter((standing) => standing.section === section);
  const watched = inSection("watch");
  const onWatch = watched.filter(({ level }) => level === "watch").length;
  const parts = [
    ...news.continuing.map((item) => continuing(words, input, item)),
    noVerdict(words, input, inSection("no-verdict")),
    counted(words, "provisional", watched.length - onWatch),
    counted(words, "watch", onWatch),
    counted(words, "rest", inSection("rest").length),
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function continuing(
  { mail, levels, locale }: NewsWords,
  input: AlsoToday,
  item: MorningNews["continuing"][number],
) {
  const { athleteId, episode, level } = item;
  const isListed = input.news.today.some((one) => one.athleteId === athleteId && one.section === "look");
  return mail(isListed ? "morning.continues" : "morning.eases", {
    today: levels(`words.${level}`).toLocaleLowerCase(locale),
    name: input.names.get(athleteId) ?? "",
    level: levels(`words.${episode.level}`).toLocaleLowerCase(locale),
    day: dayInWords(episode.openedOn, { today: input.date, locale }),
    // Branches of a message cannot have a hyphen in their name.
    verdict: input.verdicts.get(`${athleteId}/${episode.openedOn}`)?.replace("-", "_") ?? "none",
  });
}

function noVerdict(words: NewsWords, { names, evidence }: AlsoToday, athletes: MorningNews["today"]): string {
  if (athletes.length === 0) return "";
  const byReason = new Map<string, string[]>();
  for (const { athleteId } of athletes) {
    const reason = evidence.get(athleteId)?.reason ?? "no-reading";
    byReason.set(reason, [...(byReason.get(reason) ?? []), names.get(athleteId) ?? ""]);
  }
  const reasons = [...byReason]
    .map(([reason, people]) => words.mail(`morning.reasons.${reason}`, { names: listed(words, people) }))
    .join(", ");
  return words.mail("morning.noVerdict", { count: athletes.length, reasons });
}

/** People in one enumeration of the language. */
export function listed({ locale }: NewsWords, people: string[]): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(people);
}

function counted({ mail }: NewsWords, key: string, count: number): string {
  return count === 0 ? "" : mail(`morning.${key}`, { count });
}
