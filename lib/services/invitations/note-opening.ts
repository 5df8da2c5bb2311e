import { findOpenInvitation, markOpened } from "@/db/queries/invitations";
import { hashLinkToken } from "@/lib/crypto/link-token";
import type { Context } from "../../context";

/** Notes that an invitation was shown, the first time only; the consent text says that the coach sees it. Any caller with the link. */
export async function noteOpening(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const { db, now } = of.ctx;
  const found = await findOpenInvitation(db, { tokenHash: hashLinkToken(of.input.token), now });
  if (!found) return;
  await markOpened(db, { invitationId: found.invitation.id, teamId: found.invitation.teamId, now });
}
