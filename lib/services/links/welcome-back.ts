import { findConnectionByPolarUser } from "@/db/queries/connections";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { recordAudit } from "../audit/record";
import { connect } from "../connections/connect";
import { giveBackGrant } from "../connections/give-back";
import type { ConnectedOrNot, PolarGrantInput } from "../invitations/connect-invited";

type Known = NonNullable<Awaited<ReturnType<typeof findConnectionByPolarUser>>>;

/**
 * Finds the athlete who comes back through Polar. A connection that stands takes the fresh token, also one whose token
 * Polar had refused: the one step that the mail about it promises. One that was ended stays ended, whoever ended it:
 * the own page opens, and Polar's grant is given back. Visitors only.
 */
export async function welcomeBack(of: { ctx: Context; input: PolarGrantInput }): Promise<ConnectedOrNot> {
  const known = await findConnectionByPolarUser(of.ctx.db, of.input.polarUserId);
  if (!known) return { refused: "unknown" };
  if (known.status !== "revoked" && !known.stoppedAt) return takeFreshToken(of.ctx, known, of.input);
  await giveBackGrant(of);
  return { athleteId: known.athleteId };
}

/** The page opens even if Polar fails here, and says so where the connection was broken. */
async function takeFreshToken(ctx: Context, known: Known, grant: PolarGrantInput): Promise<ConnectedOrNot> {
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
