import {
  type Account,
  accountColumns,
  accountOf,
  type ConnectionRow,
  findConnection,
  findConnectionOfAccount,
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
import { requireCan } from "@/lib/services/access/require";
import { beginOwedWork } from "@/lib/services/events/outbox";
import { clientOf, priorityOf } from "@/lib/services/provider/client";
import { connectorOf, type Grant, type Standing } from "@/lib/wearables/connector";
import { sealToken, unsealToken } from "./tokens";

function requireOfTeam({ actor, teamId }: Context, connection: ConnectionRow): void {
  if (actor.kind === "job") return;
  const isTheirs =
    actor.kind === "athlete" ? actor.athleteId === connection.athleteId : teamId === connection.teamId;
  if (!isTheirs) throw new AppError("not-found", "There is no such athlete.");
}

type Sealed = Account & { accessTokenSealed: string };

/** Ends access at the provider, which may know no such step. @returns false when it has to be asked again */
async function endAccess(ctx: Context, of: Sealed, standing: Standing): Promise<boolean> {
  const connector = connectorOf(ctx.providers, of.provider);
  const access = { accountId: of.accountId, accessToken: unsealToken(of.accessTokenSealed) };
  const client = clientOf(ctx, connector, priorityOf(ctx));
  return (await connector.endAccess?.(client, access, standing)) ?? true;
}

/** The provider has been told, or there is nothing left to tell: the token is not needed any more. */
async function deregisterConnection(ctx: Context, connection: ConnectionRow): Promise<boolean> {
  const { accessTokenSealed } = connection;
  const account = accountOf(connection);
  const relinked = await findConnectionOfAccount(ctx.db, account);
  if (!accessTokenSealed || relinked) return true;
  return endAccess(ctx, { ...account, accessTokenSealed }, "connected");
}

async function tellProvider(ctx: Context, connection: ConnectionRow): Promise<boolean> {
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
 * Ends an athlete's connection at once, also for a sync under way, and ends what they granted at the
 * provider. When it does not answer, nothing is fetched any more and a job tells it later.
 * The athlete, a coach of the team, or a job. @throws AppError `forbidden`, `not-found`, `not-signed-in`
 */
export async function revoke({ ctx, input }: { ctx: Context; input: { athleteId: string } }): Promise<void> {
  requireCan(ctx, "access.end");
  const connection = await findConnection(ctx.db, input.athleteId);
  if (!connection) return;
  requireOfTeam(ctx, connection);
  await endConnection(ctx, connection);
  await tellProvider(ctx, connection);
}

/**
 * Ends access of those whose stopping was cut off, tells providers of the revocations they have not heard of yet, and ends the
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
  for (const connection of pending) if (await tellProvider(ctx, connection)) told += 1;
  const owed = await settleOwedDeregistrations({ ctx });
  const waiting = pending.length - told + owed.waiting;
  // Providers are asked again later for those who wait.
  if (waiting === 0) await work.done(ctx);
  return { told: told + owed.told, waiting };
}

/** Minutes before the second, third … try; then once a day. */
const AGAIN_MINUTES = [15, 60, 360, 1440];

function nextTry({ attempts }: OwedDeregistration, now: Date): Date {
  const minutes = AGAIN_MINUTES[Math.min(attempts, AGAIN_MINUTES.length - 1)] ?? 1440;
  return new Date(now.getTime() + minutes * 60_000);
}

/** Ends one token at its provider. Where somebody shares by the same account, ending one token would end theirs. */
async function settle(ctx: Context, owed: OwedDeregistration): Promise<boolean> {
  const { id, attempts, accessTokenSealed } = owed;
  const account = accountOf(owed);
  const shared = await findConnectionOfAccount(ctx.db, account);
  if (shared || (await endAccess(ctx, { ...account, accessTokenSealed }, "granted"))) {
    await deleteOwedDeregistration(ctx.db, id);
    return true;
  }
  const nextTryAt = nextTry(owed, ctx.now);
  await postponeOwedDeregistration(ctx.db, { id, attempts: attempts + 1, nextTryAt });
  return false;
}

/**
 * Gives back what a provider granted and nobody here needs: who signs in after stopping or deleting, or as a stranger, or
 * whose connection was refused, leaves no token there. Noted first, then tried at once; jobs try until it is done.
 * Called by sign-in, which got the grant from the provider.
 */
export async function giveBackGrant(of: { ctx: Context; input: Omit<Grant, "expiresInS"> }): Promise<void> {
  const { ctx, input } = of;
  if (await findConnectionOfAccount(ctx.db, input)) return;
  const accessTokenSealed = sealToken(input.accessToken);
  const owed = { ...accountColumns(input), accessTokenSealed, owedAt: ctx.now, nextTryAt: ctx.now };
  await settle(ctx, await insertOwedDeregistration(ctx.db, owed));
}

/** Ends the tokens that are still owed an end and whose next try has come. Jobs only. */
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
