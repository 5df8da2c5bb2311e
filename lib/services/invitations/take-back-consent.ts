import { hasActiveConnection } from "@/db/queries/connections";
import { withdrawConsents } from "@/db/queries/consents";
import { findOpenInvitation } from "@/db/queries/invitations";
import { hashLinkToken } from "@/lib/crypto/link-token";
import type { Context } from "../../context";

/** Ends a consent that Polar's page did not confirm, so that none stands without a connection. Any caller with the link. */
export async function takeBackConsent(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const { db, now } = of.ctx;
  const found = await findOpenInvitation(db, { tokenHash: hashLinkToken(of.input.token), now });
  if (!found) return;
  const athlete = { teamId: found.athlete.teamId, athleteId: found.athlete.id };
  if (!(await hasActiveConnection(db, athlete))) await withdrawConsents(db, { ...athlete, now });
}
