import { createTranslator } from "next-intl";
import { type Language, loadMessages, localeOf } from "@/i18n/locales";
import type { MorningNews, Section } from "@/lib/alerts/morning";
import type { Evidence } from "@/lib/readiness/evidence";
import { type CivilDate, daysBetween } from "@/lib/time/civil-date";

type Say = (key: string, values?: Record<string, string | number>) => string;

/** The copy that a readiness mail is made of, in one language. */
export type NewsWords = { language: Language; locale: string; mail: Say; levels: Say };

/** The words of a language. */
export function newsWords(language: Language): NewsWords {
  const messages = loadMessages(language);
  const locale = localeOf(language);
  const area = (namespace: string) => createTranslator({ locale, messages, namespace }) as unknown as Say;
  return { language, locale, mail: area("mail"), levels: area("levels") };
}

/** A day of the last week by its weekday, an earlier one by its date. */
export function dayInWords(date: CivilDate, { today, locale }: { today: CivilDate; locale: string }): string {
  return format(date, daysBetween(date, today) < 7 ? weekdayForm(locale) : dateForm(locale), locale);
}

/** A day in full: "Thursday 19 November". */
export function fullDay(date: CivilDate, locale: string): string {
  return format(date, { weekday: "long", day: "numeric", month: "long" }, locale).replace(",", "");
}

// Finnish would inflect a weekday or a month inside a sentence; short forms stay as they are: "ti 17.11. alkaen".
const isFinnish = (locale: string) => locale.startsWith("fi");

function weekdayForm(locale: string): Intl.DateTimeFormatOptions {
  return isFinnish(locale) ? { weekday: "short", day: "numeric", month: "numeric" } : { weekday: "long" };
}

function dateForm(locale: string): Intl.DateTimeFormatOptions {
  return { day: "numeric", month: isFinnish(locale) ? "numeric" : "long" };
}

function format(date: CivilDate, form: Intl.DateTimeFormatOptions, locale: string): string {
  return new Intl.DateTimeFormat(locale, { ...form, timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

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
