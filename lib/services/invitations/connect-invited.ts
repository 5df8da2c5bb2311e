import { markStopped } from "@/db/queries/athletes";
import { findStandingConsent } from "@/db/queries/consents";
import { claimInvitation, findOpenInvitation, releaseInvitation } from "@/db/queries/invitations";
import type { Opened, PolarGrant, Refusal } from "@/lib/auth/athlete";
import type { Context } from "@/lib/context";
import { hashLinkToken } from "@/lib/crypto/link-token";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { requireCan } from "@/lib/services/access/require";
import { connect } from "@/lib/services/connections/connect";
import { takeBackConsent } from "./answer";

export type ConnectedOrNot =
  /** `say`: what else there is to tell on the page that opens. */
  Opened | { refused: Refusal };

/**
 * Links a Polar account to the athlete of an invitation and uses the invitation up. Two answers of Polar for one
 * invitation: the first wins. Visitors only: whoever is signed in as a coach in the same browser takes no part.
 * Refusals are values, because each has a page.
 * @param input.consentId what the browser agreed to before it went to Polar @throws AppError `forbidden`
 */
export async function connectInvited(of: {
  ctx: Context;
  input: PolarGrant & { token: string; consentId: string };
}): Promise<ConnectedOrNot> {
  const { ctx } = of;
  requireCan(ctx, "sign-in");
  const { token, consentId, ...grant } = of.input;
  const found = await findOpenInvitation(ctx.db, { tokenHash: hashLinkToken(token), now: ctx.now });
  if (!found) return { refused: "link-ended" };
  const { teamId, id: athleteId } = found.athlete;
  const claim = { invitationId: found.invitation.id, teamId, now: ctx.now };
  if (!(await claimInvitation(ctx.db, claim))) return { refused: "link-ended" };
  // From here on nobody else can agree by the link: whoever did since this browser left has named the address.
  if ((await findStandingConsent(ctx.db, { teamId, athleteId }))?.id !== consentId) {
    await releaseInvitation(ctx.db, claim);
    return { refused: "start-again" };
  }
  await markStopped(ctx.db, { teamId, athleteId, stoppedAt: null, deleteAfter: null });
  try {
    await connect({ ctx, input: { athleteId, ...grant } });
  } catch (error) {
    const { stoppedAt, deleteAfter } = found.athlete;
    await markStopped(ctx.db, { teamId, athleteId, stoppedAt, deleteAfter });
    await releaseInvitation(ctx.db, claim);
    await takeBackConsent({ ctx, input: { token, consentId } });
    return refusalOf(error);
  }
  await recordAudit(ctx, { teamId, action: "athlete/connected", subjectId: athleteId });
  return { athleteId };
}

/** The page for a connection that did not come about; what is not ours to explain is thrown on. */
export function refusalOf(error: unknown): { refused: Refusal } {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "conflict") return { refused: "taken" };
  if (error.code === "forbidden" || error.code === "link-ended") return { refused: "link-ended" };
  return { refused: error.code === "polar-busy" ? "polar-busy" : "polar-failed" };
}
