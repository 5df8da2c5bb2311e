import { listLevels, listVerdicts } from "@/db/queries/episodes";
import { recordLooks } from "@/db/queries/log";
import { listEvidence, listMailed } from "@/db/queries/morning-news";
import { findSquad } from "@/db/queries/squads";
import { languageOf } from "@/i18n/locales";
import type { NewsKind, NewsStep } from "@/lib/alerts/frozen";
import { laterNews, type MorningNews, morningNews } from "@/lib/alerts/morning";
import type { Context } from "@/lib/context";
import { MorningMail } from "@/lib/email/morning-mail";
import { morningText } from "@/lib/email/morning-text";
import { renderMail } from "@/lib/email/render";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Evidence } from "@/lib/readiness/evidence";
import { requireCan } from "@/lib/services/access/require";
import { readChance } from "@/lib/services/backtest/chance";
import { queueMail } from "@/lib/services/mail/queue";
import type { CivilDate } from "@/lib/time/civil-date";
import { composeMorning } from "./compose";
import type { SquadToday } from "./morning";
import { stopLink } from "./subscription";
import { newsWords } from "./words";

type Telling = {
  kind: NewsKind;
  squad: SquadToday;
  coach: { userId: string; email: string; locale: string | null };
  nights: { nightsIn: number; expected: number };
  /** Since when the jobs did not run, where that made the mail late. */
  downFrom: Date | null;
};

/** What a coach should hear; undefined when there is nothing to tell. Called by verbs that checked their caller. */
export async function findNews(
  ctx: Context,
  { kind, squad, coach }: Telling,
): Promise<GatheredNews | undefined> {
  const gathered = await gatherNews(ctx, { ...squad, userId: coach.userId, kind });
  return gathered.news.send ? gathered : undefined;
}

/**
 * Queues one coach's readiness mail when there is something to tell; false when not. One of a kind per coach, squad and
 * civil day, ever. Called by verbs that checked their caller.
 */
export async function tellCoach(ctx: Context, telling: Telling): Promise<boolean> {
  const { kind, squad, coach, nights, downFrom } = telling;
  const { teamId, squadId, date, timeZone, hours } = squad;
  const { userId } = coach;
  const gathered = await findNews(ctx, telling);
  if (!gathered) return false;
  const facts = await factsOf(ctx, squad, gathered);
  const stopUrl = stopLink({ userId, squadId, what: kind });
  const words = newsWords(languageOf(coach.locale ?? ""));
  const told = { kind, at: ctx.now, timeZone, ...nights, downFrom };
  const content = composeMorning(words, { ...facts, told, squad, appUrl: env().APP_URL, stopUrl });
  await queueMail({
    ctx,
    input: {
      kind,
      key: `${kind}/${squadId}/${date}/${userId}`,
      toEmail: coach.email,
      subject: content.title,
      html: (await renderMail(MorningMail({ content }))).html,
      text: morningText(content),
      // RFC 2369 and RFC 8058: one click in the mail program ends them.
      headers: {
        "List-Unsubscribe": `<${stopUrl}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
      teamId,
      squadId,
      userId,
      newsDate: date,
      frozen: frozenOf(gathered),
      // A demonstration's first mail may be written at any hour.
      ...(ctx.now.getTime() < hours.closesAtMs ? { expiresAt: new Date(hours.closesAtMs) } : {}),
    },
  });
  const athleteIds = namedIn(gathered, kind);
  await recordLooks(ctx.db, { teamId, athleteIds, userId, what: "mail", lookedAt: ctx.now });
  return true;
}

async function factsOf(ctx: Context, { teamId, squadId, date }: SquadToday, { news, names }: GatheredNews) {
  const evidence = await listEvidence(ctx.db, { teamId, athleteIds: [...names.keys()], date });
  const continuing = news.continuing.map(({ athleteId }) => athleteId);
  const said = await listVerdicts(ctx.db, { teamId, athleteIds: continuing });
  const verdicts = new Map(said.map((row) => [`${row.athleteId}/${row.openedOn}`, row.verdict]));
  const earlier = await evidenceOfEarlierDays(ctx, { teamId, date, news });
  const own = await readChance(ctx.db, { squadId });
  return { news, names, evidence, earlier, verdicts, date, own };
}

/** Evidence of the days told that are not today, by athlete. */
async function evidenceOfEarlierDays(
  ctx: Context,
  { teamId, date, news }: { teamId: string; date: string; news: GatheredNews["news"] },
): Promise<Map<string, Evidence>> {
  const told = [...news.opened, ...news.escalated].filter(({ on }) => on !== date);
  const found = new Map<string, Evidence>();
  for (const on of new Set(told.map((item) => item.on))) {
    const athleteIds = told.filter((item) => item.on === on).map(({ athleteId }) => athleteId);
    for (const [athleteId, day] of await listEvidence(ctx.db, { teamId, athleteIds, date: on }))
      found.set(athleteId, day);
  }
  return found;
}

function frozenOf({ news }: GatheredNews) {
  const told = (kind: NewsStep) =>
    news[kind].map(({ athleteId, level, episode }) => ({
      athleteId,
      level,
      news: kind,
      openedOn: episode.openedOn,
    }));
  return { athletes: [...told("opened"), ...told("escalated")] };
}

/** The mail of the morning names everybody who is not plainly fine, the later one only whom it tells of. */
function namedIn({ news }: GatheredNews, kind: NewsKind): string[] {
  const told = [...news.opened, ...news.escalated];
  const named = kind === "morning" ? [...told, ...news.continuing, ...news.noVerdict] : told;
  return named.map(({ athleteId }) => athleteId);
}

type Morning = { teamId: string; squadId: string; date: CivilDate };

type GatheredNews = { news: MorningNews; names: Map<string, string> };

/** Sorts a squad's athletes by what one coach should hear, with their names. Called by verbs that checked their caller. */
export async function gatherNews(
  ctx: Context,
  input: Morning & { userId: string; kind: NewsKind },
): Promise<GatheredNews> {
  const { teamId, squadId, date, userId, kind } = input;
  const athletes = await listLevels(ctx.db, { teamId, squadId, until: date });
  const mailed = await listMailed(ctx.db, { squadId, userId, until: date });
  const newsOf = kind === "morning" ? morningNews : laterNews;
  const news = newsOf({
    date,
    athletes: athletes.map(({ athleteId, days }) => ({
      athleteId,
      days,
      mailed: mailed.filter((mail) => mail.athleteId === athleteId),
    })),
  });
  return { news, names: new Map(athletes.map(({ athleteId, name }) => [athleteId, name])) };
}

/**
 * What this coach is told about a squad on a morning: opened, escalated and continuing episodes, who has no verdict.
 * For everybody of the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function readNews({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string; date: CivilDate };
}): Promise<MorningNews> {
  const { teamId, userId } = requireCan(ctx, "squads.view");
  if (!(await findSquad(ctx.db, { teamId, squadId: input.squadId })))
    throw new AppError("not-found", "This squad is not there.");
  const { news } = await gatherNews(ctx, { teamId, userId, kind: "morning", ...input });
  return news;
}
