import { listMailedCoaches } from "@/db/queries/morning-news";
import { claimMorning, countNights, listSquadsWithMornings } from "@/db/queries/mornings";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { scoreSquad } from "@/lib/services/readiness/score-squad";
import { readAwake } from "./awake";
import { gapOver, type SquadToday, todayOf } from "./moment";
import { tellCoach } from "./tell-coach";

/** Days that are being scored at this moment are stored a little later than they are dated. */
const SCORING_S = 120;

/** The moment up to which every scored day has been seen by a look that begins now. */
export function seenUntil(now: Date): Date {
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
  requireJob(ctx);
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
