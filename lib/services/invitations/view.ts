import { hasEverConnected } from "@/db/queries/athletes";
import type { Context } from "../../context";
import type { ConsentText } from "../consents/consent-text";
import { requireOpenInvitation } from "./require-open";
import { wordConsent } from "./word-consent";

export type InvitationView = {
  athleteName: string;
  text: ConsentText;
  textVersion: string;
  expiresAt: Date;
  /** Where mails to the athlete would go; absent for one who has connected before, whose address nobody else changes. */
  address?: string;
};

/** What the holder of an invitation link is asked. Any caller with the link. @throws AppError `link-ended` */
export async function viewInvitation(of: {
  ctx: Context;
  input: { token: string; locale: string };
}): Promise<InvitationView> {
  const invited = await requireOpenInvitation(of.ctx, of.input.token);
  const { text, version } = await wordConsent(of.ctx, invited, of.input.locale);
  const { athlete, invitation } = invited;
  const own = await hasEverConnected(of.ctx.db, { teamId: athlete.teamId, athleteId: athlete.id });
  return {
    athleteName: athlete.name,
    text,
    textVersion: version,
    expiresAt: invitation.expiresAt,
    ...(own ? {} : { address: athlete.email ?? "" }),
  };
}
