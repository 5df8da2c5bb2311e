import { markStopped } from "@/db/queries/athletes";
import { findStandingConsent } from "@/db/queries/consents";
import { claimInvitation, findOpenInvitation } from "@/db/queries/invitations";
import type { Opened, Refusal } from "@/lib/auth/athlete";
import type { Context } from "@/lib/context";
import { hashLinkToken } from "@/lib/crypto/link-token";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { requireCan } from "@/lib/services/access/require";
import { connect } from "@/lib/services/connections/connect";
import type { Grant } from "@/lib/wearables/connector";
import { takeBackConsent } from "./answer";

export type ConnectedOrNot =
  /** `say`: what else there is to tell on the page that opens. */
  Opened | { refused: Refusal };

type Invited = NonNullable<Awaited<ReturnType<typeof findOpenInvitation>>>;

/**
 * Links an account to the athlete of an invitation and uses the invitation up, both or neither: a process that dies while
 * the provider registers has taken nothing away. Two answers for one invitation: the first wins. Visitors only: whoever is
 * signed in as a coach in the same browser takes no part. Refusals are values, because each has a page.
 * @param input.consentId what the browser agreed to before it went to Polar @throws AppError `forbidden`
 */
export async function connectInvited(of: {
  ctx: Context;
  input: Grant & { token: string; consentId: string };
}): Promise<ConnectedOrNot> {
  const { ctx } = of;
  requireCan(ctx, "sign-in");
  const { token, consentId, ...grant } = of.input;
  const found = await findOpenInvitation(ctx.db, { tokenHash: hashLinkToken(token), now: ctx.now });
  if (!found) return { refused: "link-ended" };
  const { teamId, id: athleteId } = found.athlete;
  // Whoever agreed by the link since this browser left has named the address.
  if (!(await stands(ctx, found, consentId))) return { refused: "start-again" };
  let lost: Refusal | undefined;
  const claim = async (tx: Context) => {
    lost = await claimOf(tx, found, consentId);
    if (lost) throw new AppError("link-ended", "This invitation has ended.");
    await markStopped(tx.db, { teamId, athleteId, stoppedAt: null, deleteAfter: null });
  };
  try {
    await connect({ ctx, input: { athleteId, ...grant }, claim });
  } catch (error) {
    if (lost) return { refused: lost };
    await takeBackConsent({ ctx, input: { token, consentId } });
    return refusalOf(error);
  }
  await recordAudit(ctx, { teamId, action: "athlete/connected", subjectId: athleteId });
  return { athleteId };
}

/** Uses the invitation up; from then on nobody else can agree by the link. Why not, if somebody was faster. */
async function claimOf(tx: Context, found: Invited, consentId: string): Promise<Refusal | undefined> {
  const { id: invitationId, teamId } = found.invitation;
  if (!(await claimInvitation(tx.db, { invitationId, teamId, now: tx.now }))) return "link-ended";
  return (await stands(tx, found, consentId)) ? undefined : "start-again";
}

async function stands({ db }: Context, { athlete }: Invited, consentId: string): Promise<boolean> {
  const standing = await findStandingConsent(db, { teamId: athlete.teamId, athleteId: athlete.id });
  return standing?.id === consentId;
}

/** The page for a connection that did not come about; what is not ours to explain is thrown on. */
export function refusalOf(error: unknown): { refused: Refusal } {
  if (!(error instanceof AppError)) throw error;
  if (error.code === "conflict") return { refused: "taken" };
  if (error.code === "forbidden" || error.code === "link-ended") return { refused: "link-ended" };
  return { refused: error.code === "provider-busy" ? "provider-busy" : "provider-failed" };
}
