import { deleteAthlete, findAthlete, hasEverConnected } from "@/db/queries/athletes";
import { withdrawInvitations } from "@/db/queries/invitations";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";

/**
 * Takes an invitation back. An athlete who never connected is removed with it; one who did keeps their data.
 * Coaches and owners. @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function withdrawInvitation(of: { ctx: Context; input: { athleteId: string } }): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const athleteId = requireId(of.input.athleteId);
  await inTransaction(of.ctx, async (ctx) => {
    if (!(await findAthlete(ctx.db, { teamId, athleteId })))
      throw new AppError("not-found", "This athlete is not there.");
    await withdrawInvitations(ctx.db, { teamId, athleteId, now: ctx.now });
    if (!(await hasEverConnected(ctx.db, { teamId, athleteId })))
      await deleteAthlete(ctx.db, { teamId, athleteId });
    await recordAudit(ctx, { teamId, action: "athlete/invitation-withdrawn", subjectId: athleteId });
  });
}
