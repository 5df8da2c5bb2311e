import { findTeamOfAthlete } from "@/db/queries/athletes";
import type { Context } from "../../context";
import { recordAudit } from "../audit/record";
import { connect } from "../connections/connect";
import { type ConnectedOrNot, type PolarGrantInput, refusalOf } from "../invitations/connect-invited";

/** Connects an athlete again who asked for it on the own page and whose consent still stands. Visitors only. */
export async function reconnect(of: {
  ctx: Context;
  input: PolarGrantInput & { athleteId: string };
}): Promise<ConnectedOrNot> {
  const { athleteId } = of.input;
  const teamId = await findTeamOfAthlete(of.ctx.db, athleteId);
  if (!teamId) return { refused: "unknown" };
  try {
    await connect(of);
  } catch (error) {
    return refusalOf(error);
  }
  await recordAudit(of.ctx, { teamId, action: "athlete/reconnected", subjectId: athleteId });
  return { athleteId };
}
