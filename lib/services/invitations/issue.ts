import { findAthlete, holdAthlete } from "@/db/queries/athletes";
import { insertInvitation, withdrawInvitations } from "@/db/queries/invitations";
import { findMember } from "@/db/queries/team";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { env } from "@/lib/env";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { mailLink } from "../links/mail-link";

export type IssuedInvitation = { invitationId: string; link: string; expiresAt: Date };

/** How long an invitation can be answered, in days. */
export const INVITATION_DAYS = 14;
const dayMs = 86_400_000;

/** Makes a fresh invitation of an athlete, ends the earlier ones, and mails it when there is an address, in the athlete's language. Coaches. */
export async function issueInvitation(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<IssuedInvitation> {
  const { db, now } = of.ctx;
  const { teamId, userId } = requireCoach(of.ctx, "coach");
  const { athleteId } = of.input;
  const found = await findAthlete(db, { teamId, athleteId });
  if (!found) throw new AppError("not-found", "This athlete is not there.");
  await withdrawInvitations(db, { teamId, athleteId, now });
  // Somebody else may have taken the athlete off since; who wants to from now on waits, and takes the invitation along.
  if (!(await holdAthlete(db, { teamId, athleteId })))
    throw new AppError("not-found", "This athlete is not there.");
  const token = newLinkToken();
  const expiresAt = new Date(now.getTime() + INVITATION_DAYS * dayMs);
  const invitationId = await insertInvitation(db, {
    teamId,
    athleteId,
    invitedBy: userId,
    tokenHash: hashLinkToken(token),
    email: found.athlete.email,
    expiresAt,
    createdAt: now,
  });
  const link = `${env().APP_URL}/invite/${token}`;
  if (found.athlete.email) {
    const coach = await findMember(db, { teamId, userId });
    const values = {
      coach: coach?.name ?? coach?.email ?? found.teamName,
      squad: found.squad.name,
      days: INVITATION_DAYS,
    };
    const { email: toEmail, locale } = found.athlete;
    const mail = { kind: "invitation", toEmail, href: link, locale, values } as const;
    await mailLink({ ctx: of.ctx, input: { ...mail, key: `invitation/${invitationId}`, athleteId } });
  }
  return { invitationId, link, expiresAt };
}
