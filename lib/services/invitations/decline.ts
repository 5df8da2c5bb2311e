import { withdrawConsents } from "@/db/queries/consents/change";
import { markDeclined } from "@/db/queries/invitations/change";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { recordAudit } from "../audit/record";
import { requireOpenInvitation } from "./require-open";

/** The athlete says no: the link ends, and the coach sees that it was declined. Any caller with the link. @throws AppError `link-ended` */
export async function declineInvitation(of: { ctx: Context; input: { token: string } }): Promise<void> {
  await inTransaction(of.ctx, async (ctx) => {
    const { invitation, athlete } = await requireOpenInvitation(ctx, of.input.token);
    const { teamId, id: athleteId } = athlete;
    await markDeclined(ctx.db, { invitationId: invitation.id, teamId, now: ctx.now });
    await withdrawConsents(ctx.db, { teamId, athleteId, now: ctx.now });
    await recordAudit(ctx, { teamId, action: "invitation/declined", subjectId: athleteId });
  });
}
