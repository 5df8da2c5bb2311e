import { findTeamOfAthlete } from "@/db/queries/athletes";
import { findConnectionByPolarUser } from "@/db/queries/connections";
import { withdrawInvitations } from "@/db/queries/invitations";
import { insertOwnLook } from "@/db/queries/own-page";
import type { PolarGrant } from "@/lib/auth/athlete";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { requireCan } from "@/lib/services/access/require";
import { connect } from "@/lib/services/connections/connect";
import { giveBackGrant } from "@/lib/services/connections/revoke";
import { type ConnectedOrNot, refusalOf } from "@/lib/services/invitations/connect-invited";

type Known = NonNullable<Awaited<ReturnType<typeof findConnectionByPolarUser>>>;

/**
 * Finds the athlete who comes back through Polar. A connection that stands takes the fresh token, also one whose token
 * Polar had refused: the one step that the mail about it promises. One that was ended stays ended, whoever ended it:
 * the own page opens, and Polar's grant is given back. Visitors only. @throws AppError `forbidden`
 */
export async function welcomeBack(of: { ctx: Context; input: PolarGrant }): Promise<ConnectedOrNot> {
  requireCan(of.ctx, "sign-in");
  const known = await findConnectionByPolarUser(of.ctx.db, of.input.polarUserId);
  if (!known) return { refused: "unknown" };
  const { teamId, athleteId } = known;
  await insertOwnLook(of.ctx.db, { teamId, athleteId, what: "opened-by-account", now: of.ctx.now });
  if (known.status !== "revoked" && !known.stoppedAt) return takeFreshToken(of.ctx, known, of.input);
  await giveBackGrant(of);
  return { athleteId };
}

/** The page opens even if Polar fails here, and says so where the connection was broken. */
async function takeFreshToken(ctx: Context, known: Known, grant: PolarGrant): Promise<ConnectedOrNot> {
  const { athleteId, teamId, status } = known;
  const wasBroken = status === "needs-reconnection";
  try {
    await connect({ ctx, input: { ...grant, athleteId } });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ athleteId, code: error.code }, "fresh token not kept");
    return wasBroken ? { athleteId, say: "polar-failed" } : { athleteId };
  }
  if (!wasBroken) return { athleteId };
  await recordAudit(ctx, { teamId, action: "athlete/reconnected", subjectId: athleteId });
  return { athleteId, say: "reconnected" };
}

/**
 * Connects an athlete who asked for it on the own page and whose consent still holds: again, or for the first time, which
 * answers the invitation. Visitors only. @throws AppError `forbidden`
 */
export async function reconnect(of: {
  ctx: Context;
  input: PolarGrant & { athleteId: string };
}): Promise<ConnectedOrNot> {
  requireCan(of.ctx, "sign-in");
  const { athleteId } = of.input;
  const teamId = await findTeamOfAthlete(of.ctx.db, athleteId);
  if (!teamId) return { refused: "unknown" };
  try {
    const { outcome } = await connect(of);
    if (outcome === "connected") await withdrawInvitations(of.ctx.db, { teamId, athleteId, now: of.ctx.now });
    await recordAudit(of.ctx, { teamId, action: `athlete/${outcome}`, subjectId: athleteId });
  } catch (error) {
    return refusalOf(error);
  }
  return { athleteId };
}
