import { listBudget } from "@/db/queries/rate-budget";
import { listFirstSyncs } from "@/db/queries/sync-due";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requestsLeft, whenSpent } from "./spend";

/** What an athlete's first month costs at most; see docs/reference/polar.md. */
const FIRST_SYNC_REQUESTS = 100;

async function requestsToCome(ctx: Context): Promise<{ athletes: number; requests: number }> {
  const waiting = await listFirstSyncs(ctx.db);
  const requests = waiting.reduce((sum, one) => sum + one.shareToCome * FIRST_SYNC_REQUESTS, 0);
  return { athletes: waiting.length, requests };
}

/** Whether several athletes wait for their first sync and what is left of Polar's quota does not hold all of them. */
export async function isQuotaTight(ctx: Context): Promise<boolean> {
  const { athletes, requests } = await requestsToCome(ctx);
  return athletes > 1 && requests > requestsLeft(await listBudget(ctx.db), ctx.now);
}

/**
 * When the first syncs under way will be done, by what is left of the quota that all athletes of the installation
 * share, and whether that quota makes them wait. Coaches, athletes and jobs.
 * @returns null when nobody waits for a first sync @throws AppError `not-signed-in`
 */
export async function forecastFirstSyncs(of: {
  ctx: Context;
}): Promise<{ doneAt: Date; quotaWaits: boolean } | null> {
  const { ctx } = of;
  if (ctx.actor.kind === "visitor") throw new AppError("not-signed-in", "Sign in to see this.");
  const { athletes, requests } = await requestsToCome(ctx);
  if (athletes === 0) return null;
  const budget = await listBudget(ctx.db);
  const doneAt = whenSpent({ requests, budget, now: ctx.now });
  return { doneAt, quotaWaits: requests > requestsLeft(budget, ctx.now) };
}
