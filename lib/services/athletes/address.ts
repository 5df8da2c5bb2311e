import { type findAthlete, findPageOwner } from "@/db/queries/athletes";
import { withdrawConsents } from "@/db/queries/consents";
import { withdrawInvitations } from "@/db/queries/invitations";
import { endAthleteLinks, insertLink } from "@/db/queries/links";
import { recordLooks } from "@/db/queries/log";
import { saveAddress, saveProposedAddress } from "@/db/queries/own-page";
import { findMember } from "@/db/queries/team";
import type { Context } from "@/lib/context";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { env } from "@/lib/env";
import { recordAudit } from "@/lib/services/access/audit";
import { issueInvitation } from "@/lib/services/invitations/invite";
import { mailLink } from "@/lib/services/mail/queue";

type Found = NonNullable<Awaited<ReturnType<typeof findAthlete>>>;

const DAYS = 14;

/**
 * What a coach's word on an athlete's address does. Whoever reads that mailbox opens the athlete's page, so once an
 * athlete has connected or opened the page the address is theirs: a coach proposes, and the athlete agrees from the old
 * address or signed in. Before that nothing is behind it: the coach corrects it, links sent to the old one end, and what
 * was agreed to is asked again, because an agreement opens the page to the address that it named and to no other.
 * Called by verbs that checked their caller.
 */
export async function settleAddress(
  ctx: Context,
  of: { found: Found; userId: string; email: string | null },
): Promise<void> {
  const { found, userId, email } = of;
  const { teamId, id: athleteId, email: present } = found.athlete;
  if (email === present) return;
  if ((await findPageOwner(ctx.db, { teamId, athleteId })) === "nobody")
    return correct(ctx, { found, email });
  if (email !== null && email !== found.athlete.proposedEmail) await propose(ctx, { found, userId, email });
}

async function correct(ctx: Context, of: { found: Found; email: string | null }): Promise<void> {
  const { teamId, id: athleteId } = of.found.athlete;
  const { now } = ctx;
  const ended = await withdrawInvitations(ctx.db, { teamId, athleteId, now });
  await withdrawConsents(ctx.db, { teamId, athleteId, now });
  await saveAddress(ctx.db, { teamId, athleteId, email: of.email, now });
  if (ended > 0) await issueInvitation({ ctx, input: { athleteId } });
}

async function propose(ctx: Context, of: { found: Found; userId: string; email: string }): Promise<void> {
  const { found, userId, email } = of;
  const { teamId, id: athleteId } = found.athlete;
  const { now } = ctx;
  await saveProposedAddress(ctx.db, { teamId, athleteId, proposal: { email, by: userId, at: now } });
  await endAthleteLinks(ctx.db, { athleteId, purposes: ["address-change"], now });
  await mailProposal(ctx, of);
  await recordLooks(ctx.db, {
    teamId,
    athleteIds: [athleteId],
    userId,
    what: "address-proposed",
    lookedAt: now,
  });
  await recordAudit(ctx, { teamId, action: "athlete/address-proposed", subjectId: athleteId });
}

/** To the address that holds: who reads it may agree. Without one the athlete finds it on the own page. */
async function mailProposal(
  ctx: Context,
  of: { found: Found; userId: string; email: string },
): Promise<void> {
  const { athlete, teamName } = of.found;
  if (!athlete.email) return;
  const { teamId, id: athleteId, locale } = athlete;
  const token = newLinkToken();
  const tokenHash = hashLinkToken(token);
  const expiresAt = new Date(ctx.now.getTime() + DAYS * 86_400_000);
  const purpose = "address-change" as const;
  const link = { tokenHash, purpose, teamId, athleteId, email: of.email, expiresAt, createdAt: ctx.now };
  await insertLink(ctx.db, link);
  const coach = await findMember(ctx.db, { teamId, userId: of.userId });
  const values = { coach: coach?.name ?? coach?.email ?? teamName, address: of.email, days: DAYS };
  const href = `${env().APP_URL}/me/address/${token}`;
  const key = `address-proposed/${tokenHash.slice(0, 24)}`;
  const mail = { kind: "address-proposed", key, toEmail: athlete.email, href, locale, values } as const;
  await mailLink({ ctx, input: { ...mail, athleteId } });
}
