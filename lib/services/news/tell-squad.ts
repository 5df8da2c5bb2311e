import { listCoachesToldLater, listMailedCoaches } from "@/db/queries/morning-news";
import {
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
import { requireJob } from "@/lib/services/access/require-job";
import { readAwake } from "./awake";
import { judgeMorning, type SquadToday, todayOf } from "./moment";
import { seenUntil, sendMorningMail } from "./send-morning-mail";
import { findNews, tellCoach } from "./tell-coach";

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
  requireJob(ctx);
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
