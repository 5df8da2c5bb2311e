import { findConnectionByPolarUser } from "@/db/queries/links/find-by-polar-user";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { connect } from "../connections/connect";
import type { ConnectedOrNot, PolarGrantInput } from "../invitations/connect-invited";

/**
 * Finds the athlete who comes back through Polar. A connection in use takes the fresh token; one that ended stays
 * ended: signing in opens the own page and never reconnects. Visitors only.
 */
export async function welcomeBack(of: { ctx: Context; input: PolarGrantInput }): Promise<ConnectedOrNot> {
  const known = await findConnectionByPolarUser(of.ctx.db, of.input.polarUserId);
  if (!known) return { refused: "unknown" };
  if (known.status === "active") await keepFreshToken(of.ctx, { ...of.input, athleteId: known.athleteId });
  return { athleteId: known.athleteId };
}

/** The page opens even if Polar fails here: the token in use is still there. */
async function keepFreshToken(ctx: Context, input: PolarGrantInput & { athleteId: string }): Promise<void> {
  try {
    await connect({ ctx, input });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    ctx.log.warn({ athleteId: input.athleteId, code: error.code }, "fresh token not kept");
  }
}
