import { withdrawConsents } from "@/db/queries/consents";
import { markDeclined, takeBackDecline } from "@/db/queries/invitations";
import { inTransaction } from "@/db/transaction";
import { hashLinkToken } from "@/lib/crypto/link-token";
import type { Context } from "../../context";
import { AppError } from "../../errors";
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

/** The athlete thinks again: the declined link opens once more, until it expires. Any caller with the link. @throws AppError `link-ended` */
export async function reopenInvitation(of: { ctx: Context; input: { token: string } }): Promise<void> {
  await inTransaction(of.ctx, async (ctx) => {
    const tokenHash = hashLinkToken(of.input.token);
    const reopened = await takeBackDecline(ctx.db, { tokenHash, now: ctx.now });
    if (!reopened) throw new AppError("link-ended", "This link has ended. Ask your coach for a new one.");
    const { teamId, athleteId } = reopened;
    await recordAudit(ctx, { teamId, action: "invitation/reopened", subjectId: athleteId });
  });
}
