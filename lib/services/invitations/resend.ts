import { hasActiveConnection } from "@/db/queries/connections";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";
import { type IssuedInvitation, issueInvitation } from "./issue";

/**
 * Invites an athlete again: a new link, mailed when there is an address; the old one ends. Coaches and owners.
 * @throws AppError `conflict` when the athlete is connected, `not-found`, `forbidden`, `not-signed-in`
 */
export async function resendInvitation(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<IssuedInvitation> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const athleteId = requireId(of.input.athleteId);
  return inTransaction(of.ctx, async (ctx) => {
    if (await hasActiveConnection(ctx.db, { teamId, athleteId }))
      throw new AppError("conflict", "This athlete is connected already.");
    const issued = await issueInvitation({ ctx, input: { athleteId } });
    await recordAudit(ctx, { teamId, action: "athlete/invited-again", subjectId: athleteId });
    return issued;
  });
}
