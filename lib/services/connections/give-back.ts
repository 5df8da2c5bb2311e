import { findConnectionOfPolarUser } from "@/db/queries/connections";
import {
  deleteOwedDeregistration,
  insertOwedDeregistration,
  listOwedDeregistrations,
  type OwedDeregistration,
  postponeOwedDeregistration,
} from "@/db/queries/deregistrations";
import type { Context } from "@/lib/context";
import { requireJob } from "../access/require-job";
import { polarClient, priorityOf } from "../sync/polar-access";
import { registerAndEndAccess } from "./end-access";
import { sealToken, unsealToken } from "./token";

/** Minutes before the second, third … try; then once a day. */
const AGAIN_MINUTES = [15, 60, 360, 1440];

function nextTry({ attempts }: OwedDeregistration, now: Date): Date {
  const minutes = AGAIN_MINUTES[Math.min(attempts, AGAIN_MINUTES.length - 1)] ?? 1440;
  return new Date(now.getTime() + minutes * 60_000);
}

/** Ends one token at Polar. Where somebody shares by the same account, ending one token would end theirs. */
async function settle(ctx: Context, owed: OwedDeregistration): Promise<boolean> {
  const { id, polarUserId, attempts } = owed;
  const shared = await findConnectionOfPolarUser(ctx.db, polarUserId);
  const user = { polarUserId, accessToken: unsealToken(owed.accessTokenSealed) };
  if (shared || (await registerAndEndAccess(polarClient(ctx, priorityOf(ctx)), user))) {
    await deleteOwedDeregistration(ctx.db, id);
    return true;
  }
  const nextTryAt = nextTry(owed, ctx.now);
  await postponeOwedDeregistration(ctx.db, { id, attempts: attempts + 1, nextTryAt });
  return false;
}

/**
 * Gives back what Polar granted and nobody here needs: who signs in after stopping or deleting, or as a stranger, or whose
 * connection was refused, leaves no token at Polar. Noted first, then tried at once; jobs try until it is done.
 * Called by sign-in, which got the grant from Polar.
 */
export async function giveBackGrant(of: {
  ctx: Context;
  input: { polarUserId: number; accessToken: string };
}): Promise<void> {
  const { ctx } = of;
  const { polarUserId, accessToken } = of.input;
  if (await findConnectionOfPolarUser(ctx.db, polarUserId)) return;
  const accessTokenSealed = sealToken(accessToken);
  const owed = { polarUserId, accessTokenSealed, owedAt: ctx.now, nextTryAt: ctx.now };
  await settle(ctx, await insertOwedDeregistration(ctx.db, owed));
}

/** Ends the tokens at Polar that are still owed an end and whose next try has come. Jobs only. */
export async function settleOwedDeregistrations({
  ctx,
}: {
  ctx: Context;
}): Promise<{ told: number; waiting: number }> {
  requireJob(ctx);
  const owed = await listOwedDeregistrations(ctx.db, ctx.now);
  let told = 0;
  for (const one of owed) if (await settle(ctx, one)) told += 1;
  return { told, waiting: owed.length - told };
}
