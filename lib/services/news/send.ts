import { listCoachesToldLater, listFirstScorings, listMailedCoaches } from "@/db/queries/morning-news";
import {
  claimMorning,
  countNights,
  findMorning,
  listSquadsWithMornings,
  noteLaterNews,
  type SquadMorning,
} from "@/db/queries/mornings";
import { inTransaction } from "@/db/transaction";
import { isLaterMailDue } from "@/lib/alerts/morning-time";
import type { Context } from "@/lib/context";
import type { EventData } from "@/lib/events";
import { requireCan } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { scoreSquad } from "@/lib/services/readiness/score";
import { gapOver, judgeMorning, readAwake, type SquadToday, todayOf } from "./morning";
import { findNews, tellCoach } from "./tell";

/**
 * Tells a squad's coaches what is theirs to hear now: the morning, once it can be decided; after it, in one mail a day,
 * what opened later. Nothing while there is nothing to tell or the time has not come. `first`: a demonstration's first
 * scoring is told whatever the hour. Jobs only; safe to repeat.
 */
export async function tellSquad({
  ctx,
  input,
}: {
  ctx: Context;
  input: EventData<"squad/news.requested">;
}): Promise<{ mails: number }> {
  requireCan(ctx, "jobs.run");
  const { squadId, reason } = input;
  const [found] = await listSquadsWithMornings(ctx.db, { squadId });
  if (!found) return { mails: 0 };
  const squad = todayOf(found, ctx.now);
  const morning = await findMorning(ctx.db, squad);
  if (morning?.state === "decided") return inTransaction(ctx, (tx) => tellLater(tx, squad, morning));
  const isTime =
    reason === "first" ||
    (!morning && (await judgeMorning(ctx, squad, await readAwake(ctx))).kind === "decide");
  return isTime ? sendMorningMail({ ctx, input: { squadId } }) : { mails: 0 };
}

async function tellLater(ctx: Context, squad: SquadToday, morning: SquadMorning): Promise<{ mails: number }> {
  const { squadId, date, hours } = squad;
  const nowMs = ctx.now.getTime();
  if (nowMs >= hours.closesAtMs) return { mails: 0 };
  const told = await listCoachesToldLater(ctx.db, { squadId, date });
  const waiting = (await listMailedCoaches(ctx.db, squad)).filter(
    ({ userId, wantsLater }) => wantsLater && !told.has(userId),
  );
  const nights = await countNights(ctx.db, { squadId, date, cycleAt: null });
  const tellings = waiting.map((coach) => ({
    kind: "later-today" as const,
    squad,
    coach,
    nights,
    downFrom: null,
  }));
  const withNews = [];
  for (const telling of tellings) if (await findNews(ctx, telling)) withNews.push(telling);
  const newsSince = withNews.length > 0 ? (morning.newsSince ?? ctx.now) : null;
  const allNightsIn = nights.nightsIn === nights.expected;
  const isDue =
    newsSince !== null && isLaterMailDue({ nowMs, hours, newsSinceMs: newsSince.getTime(), allNightsIn });
  if (newsSince && !isDue) {
    await noteLaterNews(ctx.db, { squadId, date, newsSince, lookedAt: null });
    return { mails: 0 };
  }
  for (const telling of withNews) await tellCoach(ctx, telling);
  await noteLaterNews(ctx.db, { squadId, date, newsSince: null, lookedAt: seenUntil(ctx.now) });
  return { mails: withNews.length };
}

/** Days that are being scored at this moment are stored a little later than they are dated. */
const SCORING_S = 120;

/** The moment up to which every scored day has been seen by a look that begins now. */
function seenUntil(now: Date): Date {
  return new Date(now.getTime() - SCORING_S * 1000);
}

/**
 * Decides a squad's morning on what there is: scores everybody, notes how many of the expected nights are in, and
 * queues one readiness mail, in their own language, for each of its coaches for whom an episode opened or escalated.
 * Once a squad and civil day, whatever calls it again; what was said is frozen with the mail. Whether it is time is the
 * caller's to ask (`tellSquad`). Jobs only.
 */
export async function sendMorningMail({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string };
}): Promise<{ mails: number }> {
  requireCan(ctx, "jobs.run");
  const [found] = await listSquadsWithMornings(ctx.db, input);
  if (!found) return { mails: 0 };
  await scoreSquad({ ctx, input });
  const squad = todayOf(found, ctx.now);
  return inTransaction(ctx, (tx) => claimAndTell(tx, squad));
}

async function claimAndTell(ctx: Context, squad: SquadToday): Promise<{ mails: number }> {
  const { teamId, squadId, date, hours } = squad;
  const nights = await countNights(ctx.db, { squadId, date, cycleAt: null });
  const down = gapOver(hours, await readAwake(ctx));
  const claimed = await claimMorning(ctx.db, {
    teamId,
    squadId,
    date,
    state: "decided",
    settledAt: ctx.now,
    nightsIn: nights.nightsIn,
    nightsExpected: nights.expected,
    lookedAt: seenUntil(ctx.now),
    ...down,
  });
  if (!claimed) return { mails: 0 };
  let mails = 0;
  for (const coach of await listMailedCoaches(ctx.db, squad)) {
    const telling = { kind: "morning", squad, coach, nights, downFrom: down?.downFrom ?? null } as const;
    if (await tellCoach(ctx, telling)) mails += 1;
  }
  return { mails };
}

/** An invitation older than this is not waited for. */
const ON_THE_WAY_MINUTES = 10;

/**
 * Asks for the first mail of squads in which everybody is scored for the first time, so that a demonstration need not
 * wait for the morning. Jobs only; safe to repeat.
 */
export async function requestFirstNews({ ctx }: { ctx: Context }): Promise<{ squads: number }> {
  requireCan(ctx, "jobs.run");
  const invitedSince = new Date(ctx.now.getTime() - ON_THE_WAY_MINUTES * 60_000);
  const squadIds = await listFirstScorings(ctx.db, { invitedSince });
  await recordEvents(
    ctx,
    squadIds.map((squadId) => ({
      name: "squad/news.requested",
      data: { squadId, reason: "first" as const },
    })),
  );
  return { squads: squadIds.length };
}
