import {
  type ConnectionRow,
  findConnection,
  findConnectionOfPolarUser,
  listPendingDeregistrations,
  listStoppedButConnected,
  updateConnection,
} from "@/db/queries/connections";
import {
  deleteOwedDeregistration,
  insertOwedDeregistration,
  listOwedDeregistrations,
  type OwedDeregistration,
  postponeOwedDeregistration,
} from "@/db/queries/deregistrations";
import { endLease } from "@/db/queries/leases";
import { abandonUnfinished } from "@/db/queries/ledger";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { PolarClient } from "@/lib/providers/polar/client";
import type { PolarOutcome } from "@/lib/providers/polar/outcome";
import { requireCan } from "@/lib/services/access/require";
import { beginOwedWork } from "@/lib/services/events/outbox";
import { polarClient, priorityOf } from "@/lib/services/provider/client";
import { registerUser, sealToken, unsealToken } from "./register";

function requireOfTeam({ actor, teamId }: Context, connection: ConnectionRow): void {
  if (actor.kind === "job") return;
  const isTheirs =
    actor.kind === "athlete" ? actor.athleteId === connection.athleteId : teamId === connection.teamId;
  if (!isTheirs) throw new AppError("not-found", "There is no such athlete.");
}

/** Polar has been told, or there is nothing left to tell: the token is not needed any more. */
async function deregisterConnection(ctx: Context, connection: ConnectionRow): Promise<boolean> {
  const sealed = connection.accessTokenSealed;
  const relinked = await findConnectionOfPolarUser(ctx.db, connection.polarUserId);
  if (!sealed || relinked) return true;
  const user = { polarUserId: connection.polarUserId, accessToken: unsealToken(sealed) };
  return endAccess(polarClient(ctx, priorityOf(ctx)), user);
}

async function tellPolar(ctx: Context, connection: ConnectionRow): Promise<boolean> {
  const told = await deregisterConnection(ctx, connection);
  if (told)
    await updateConnection(ctx.db, {
      id: connection.id,
      set: { accessTokenSealed: null, statusReason: null },
    });
  return told;
}

/** The run under way stores nothing more, and what it had begun is not left looking unfinished for ever. */
async function endConnection(ctx: Context, { id, athleteId }: ConnectionRow): Promise<void> {
  const set = { status: "revoked" as const, statusReason: "deregistration-pending", revokedAt: ctx.now };
  await inTransaction(ctx, async (tx) => {
    await endLease(tx.db, athleteId);
    await updateConnection(tx.db, { id, set });
    await abandonUnfinished(tx.db, { connectionId: id, at: ctx.now, error: "access was ended" });
  });
}

/**
 * Ends an athlete's connection at once, also for a sync under way, and de-registers them at Polar
 * (`DELETE /v3/users/{id}`, which also revokes the token). When Polar does not answer, nothing is fetched any more and
 * a job tells Polar later.
 * The athlete, a coach of the team, or a job. @throws AppError `forbidden`, `not-found`, `not-signed-in`
 */
export async function revoke({ ctx, input }: { ctx: Context; input: { athleteId: string } }): Promise<void> {
  requireCan(ctx, "access.end");
  const connection = await findConnection(ctx.db, input.athleteId);
  if (!connection) return;
  requireOfTeam(ctx, connection);
  await endConnection(ctx, connection);
  await tellPolar(ctx, connection);
}

/**
 * Ends access of those whose stopping was cut off, tells Polar of the revocations it has not heard of yet, and ends the
 * tokens that nobody here needs. Jobs only.
 */
export async function finishRevocations({
  ctx,
}: {
  ctx: Context;
}): Promise<{ told: number; waiting: number }> {
  requireCan(ctx, "jobs.run");
  const work = await beginOwedWork(ctx, {
    event: "installation/deregistrations.due",
    subject: "installation",
  });
  for (const connection of await listStoppedButConnected(ctx.db)) await endConnection(ctx, connection);
  const pending = await listPendingDeregistrations(ctx.db);
  let told = 0;
  for (const connection of pending) if (await tellPolar(ctx, connection)) told += 1;
  const owed = await settleOwedDeregistrations({ ctx });
  const waiting = pending.length - told + owed.waiting;
  // Polar is asked again later for those who wait.
  if (waiting === 0) await work.done(ctx);
  return { told: told + owed.told, waiting };
}

type User = { polarUserId: number; accessToken: string };

const isCode = (error: unknown, code: AppError["code"]) => error instanceof AppError && error.code === code;

async function deregister(polar: PolarClient, { polarUserId, accessToken }: User): Promise<boolean> {
  const outcome: PolarOutcome = await polar({
    method: "DELETE",
    target: `/v3/users/${polarUserId}`,
    accessToken,
  });
  return outcome.kind === "empty" || outcome.kind === "missing";
}

/**
 * Ends a token of a user whom Polar does not count as this client's. AccessLink has no other way to end a token than
 * de-registering its user, and only who is registered can be de-registered.
 * @returns false when Polar has to be asked again
 */
async function registerAndEndAccess(polar: PolarClient, user: User): Promise<boolean> {
  try {
    const { state } = await registerUser(polar, user);
    return state === "registered" && (await deregister(polar, user));
  } catch (error) {
    return isCode(error, "polar-unauthorised");
  }
}

/**
 * De-registers a user at Polar, which also ends the token (`DELETE /v3/users/{id}`; AccessLink documentation, "Users").
 * Polar answers 403 for one who was never registered. @returns false when Polar has to be asked again
 */
async function endAccess(polar: PolarClient, user: User): Promise<boolean> {
  try {
    return await deregister(polar, user);
  } catch (error) {
    if (isCode(error, "polar-consent-missing")) return registerAndEndAccess(polar, user);
    return isCode(error, "polar-unauthorised");
  }
}

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
async function settleOwedDeregistrations({
  ctx,
}: {
  ctx: Context;
}): Promise<{ told: number; waiting: number }> {
  requireCan(ctx, "jobs.run");
  const owed = await listOwedDeregistrations(ctx.db, ctx.now);
  let told = 0;
  for (const one of owed) if (await settle(ctx, one)) told += 1;
  return { told, waiting: owed.length - told };
}
