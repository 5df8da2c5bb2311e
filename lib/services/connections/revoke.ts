import {
  type ConnectionRow,
  findConnection,
  findConnectionOfPolarUser,
  listPendingDeregistrations,
  listStoppedButConnected,
  updateConnection,
} from "@/db/queries/connections";
import { endLease } from "@/db/queries/leases";
import { abandonUnfinished } from "@/db/queries/ledger";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "../access/require-coach";
import { requireJob } from "../access/require-job";
import { beginOwedWork } from "../events/work";
import { polarClient, priorityOf } from "../sync/polar-access";
import { endAccess } from "./end-access";
import { settleOwedDeregistrations } from "./give-back";
import { unsealToken } from "./token";

function requireMayRevoke(ctx: Context, connection: ConnectionRow): void {
  const { actor } = ctx;
  if (actor.kind === "job" || (actor.kind === "athlete" && actor.athleteId === connection.athleteId)) return;
  const { teamId } = requireCoach(ctx, "coach");
  if (teamId !== connection.teamId) throw new AppError("not-found", "There is no such athlete.");
}

/** Polar has been told, or there is nothing left to tell: the token is not needed any more. */
async function deregister(ctx: Context, connection: ConnectionRow): Promise<boolean> {
  const sealed = connection.accessTokenSealed;
  const relinked = await findConnectionOfPolarUser(ctx.db, connection.polarUserId);
  if (!sealed || relinked) return true;
  const user = { polarUserId: connection.polarUserId, accessToken: unsealToken(sealed) };
  return endAccess(polarClient(ctx, priorityOf(ctx)), user);
}

async function tellPolar(ctx: Context, connection: ConnectionRow): Promise<boolean> {
  const told = await deregister(ctx, connection);
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
  const connection = await findConnection(ctx.db, input.athleteId);
  if (!connection) return;
  requireMayRevoke(ctx, connection);
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
  requireJob(ctx);
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
