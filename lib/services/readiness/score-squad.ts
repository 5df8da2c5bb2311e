import { claimDailyRun } from "@/db/queries/daily-runs";
import { listScorable } from "@/db/queries/readiness";
import { findSquadForJob } from "@/db/queries/squads";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { beginOwedWork } from "@/lib/services/events/work";
import { civilDateIn } from "@/lib/time/zone";
import { dailyRunKey } from "./daily-run";
import { scoreAthletes } from "./score-athletes";

/**
 * Scores every athlete of a squad, so that a night that never came is today's `no-verdict`, and notes it for the day.
 * A squad that is gone or archived scores nobody. Jobs only; safe to repeat.
 */
export async function scoreSquad({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string };
}): Promise<{ athletes: number; daysWritten: number }> {
  requireJob(ctx);
  const subject = input.squadId;
  const works = [
    await beginOwedWork(ctx, { event: "squad/scoring.due", subject }),
    await beginOwedWork(ctx, { event: "squad/settings.changed", subject }),
  ];
  const scored = await scoreAll(ctx, input);
  for (const work of works) await work.done(ctx);
  return scored;
}

async function scoreAll(ctx: Context, input: { squadId: string }) {
  const squad = await findSquadForJob(ctx.db, input);
  if (!squad) return { athletes: 0, daysWritten: 0 };
  const athleteIds = await listScorable(ctx.db, input);
  const scored = await scoreAthletes({ ctx, input: { athleteIds } });
  const date = civilDateIn(ctx.now, squad.timeZone);
  await claimDailyRun(ctx.db, { key: dailyRunKey("scored", { ...input, date }), ranAt: ctx.now });
  return scored;
}
