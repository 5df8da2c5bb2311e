import { recordLooks } from "@/db/queries/access-log/record-looks";
import { claimDailyRun } from "@/db/queries/daily-runs/claim";
import { listMailedCoaches } from "@/db/queries/mail/list-coaches";
import { listEvidence } from "@/db/queries/mail/list-evidence";
import { listVerdicts } from "@/db/queries/mail/list-verdicts";
import { findActiveSquad } from "@/db/queries/readiness/find-squad";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import type { Context } from "@/lib/context";
import { MorningMail } from "@/lib/email/morning-mail";
import { morningText } from "@/lib/email/morning-text";
import { renderMail } from "@/lib/email/render";
import { env } from "@/lib/env";
import { requireJob } from "@/lib/services/access/require-job";
import { readChance } from "@/lib/services/backtest/own-chance";
import { queueMail } from "@/lib/services/mail/queue";
import { dailyRunKey } from "@/lib/services/readiness/daily-run";
import { scoreSquad } from "@/lib/services/readiness/score-squad";
import { civilDateIn } from "@/lib/time/zone";
import { composeMorning } from "./compose";
import { type GatheredNews, gatherNews } from "./gather";
import { stopLink } from "./stop-link";
import { newsWords } from "./words";

type Squad = NonNullable<Awaited<ReturnType<typeof findActiveSquad>>> & { date: string };

/**
 * Scores a squad, then queues one readiness mail, in their own language, for each of its coaches for whom an episode
 * opened or escalated.
 * Once a squad and civil day, whatever calls it again; what was said is frozen with the mail. Jobs only.
 */
export async function sendMorningMail({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string };
}): Promise<{ mails: number }> {
  requireJob(ctx);
  const found = await findActiveSquad(ctx.db, input);
  if (!found) return { mails: 0 };
  await scoreSquad({ ctx, input });
  const squad = { ...found, date: civilDateIn(ctx.now, found.timeZone) };
  return inTransaction(ctx, async (tx) => {
    const key = dailyRunKey("morning", squad);
    if (!(await claimDailyRun(tx.db, { key, ranAt: ctx.now }))) return { mails: 0 };
    let mails = 0;
    for (const coach of await listMailedCoaches(tx.db, squad)) mails += await tellCoach(tx, { squad, coach });
    return { mails };
  });
}

type Telling = { squad: Squad; coach: { userId: string; email: string; locale: string | null } };

async function tellCoach(ctx: Context, { squad, coach }: Telling): Promise<number> {
  const { userId } = coach;
  const gathered = await gatherNews(ctx, { ...squad, userId });
  if (!gathered.news.send) return 0;
  const facts = await factsOf(ctx, squad, gathered);
  const stopUrl = stopLink({ userId, squadId: squad.squadId });
  const words = newsWords(languageOf(coach.locale ?? ""));
  const content = composeMorning(words, { ...facts, squad, appUrl: env().APP_URL, stopUrl });
  await queueMail({
    ctx,
    input: {
      kind: "morning",
      key: `morning/${squad.squadId}/${squad.date}/${userId}`,
      toEmail: coach.email,
      subject: content.title,
      html: (await renderMail(MorningMail({ content }))).html,
      text: morningText(content),
      // RFC 2369 and RFC 8058: one click in the mail program ends them.
      headers: {
        "List-Unsubscribe": `<${stopUrl}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
      teamId: squad.teamId,
      squadId: squad.squadId,
      userId,
      newsDate: squad.date,
      frozen: frozenOf(gathered),
    },
  });
  await recordLooks(ctx.db, {
    teamId: squad.teamId,
    athleteIds: namedIn(gathered),
    userId,
    what: "mail",
    lookedAt: ctx.now,
  });
  return 1;
}

async function factsOf(ctx: Context, { teamId, squadId, date }: Squad, { news, names }: GatheredNews) {
  const athleteIds = [...names.keys()];
  const evidence = await listEvidence(ctx.db, { teamId, athleteIds, date });
  const continuing = news.continuing.map(({ athleteId }) => athleteId);
  const said = await listVerdicts(ctx.db, { teamId, athleteIds: continuing });
  const verdicts = new Map(said.map((row) => [`${row.athleteId}/${row.openedOn}`, row.verdict]));
  return { news, names, evidence, verdicts, date, own: await readChance(ctx.db, { squadId }) };
}

function frozenOf({ news }: GatheredNews) {
  const told = (kind: "opened" | "escalated") =>
    news[kind].map(({ athleteId, level, episode }) => ({
      athleteId,
      level,
      news: kind,
      openedOn: episode.openedOn,
    }));
  return { athletes: [...told("opened"), ...told("escalated")] };
}

function namedIn({ news }: GatheredNews): string[] {
  return [...news.opened, ...news.escalated, ...news.continuing, ...news.noVerdict].map(
    ({ athleteId }) => athleteId,
  );
}
