import { z } from "zod";
import { findAthlete } from "@/db/queries/athletes";
import { withdrawInvitations } from "@/db/queries/invitations";
import { endAthleteLinks, findOpenLink, takeLink } from "@/db/queries/links";
import { findProposedAddress, insertOwnLook, saveAddress, saveProposedAddress } from "@/db/queries/own-page";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { hashLinkToken } from "@/lib/crypto/link-token";
import { emailAddress } from "@/lib/email/address";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { parseInput, requireCan, requireOwn } from "@/lib/services/access/require";
import { mailLink } from "@/lib/services/mail/queue";

/** What an athlete says to an address that a coach proposes. */
export const ADDRESS_ANSWERS = ["agree", "refuse"] as const;
type Answer = (typeof ADDRESS_ANSWERS)[number];

type Who = { teamId: string; athleteId: string };

export type AddressView = { email: string | null; proposal: { email: string; by: string | null } | null };

const purpose = "address-change";

const ended = () => new AppError("link-ended", "This link has ended.");

const addressInput = z.object({ email: emailAddress });

const FRESH_MS = 30 * 60_000;

/**
 * Whether the athlete signed in too long ago to change the address, which is the key to the page: a phone that was signed
 * in weeks ago and is in other hands for a moment must not be enough. A link by e-mail and Polar count alike.
 */
export function mustSignInAgain({ actor, now }: Context): boolean {
  const since = actor.kind === "athlete" ? actor.since : undefined;
  return since !== undefined && now.getTime() - since.getTime() > FRESH_MS;
}

function requireFresh(ctx: Context): void {
  if (mustSignInAgain(ctx)) throw new AppError("sign-in-again", "Sign in again to change your address.");
}

/** The athlete's address, and the one a coach proposes. Athletes only. @throws AppError `not-signed-in` */
export async function viewAddress(of: { ctx: Context }): Promise<AddressView> {
  const { athlete, who } = await requireOwn(of.ctx, "own-page.view");
  return { email: athlete.email, proposal: await findProposedAddress(of.ctx.db, who) };
}

/** The athlete's answer to a proposed address. Athletes only. @throws AppError `conflict` when another or none is proposed, `sign-in-again`, `not-signed-in` */
export async function answerProposedAddress(of: {
  ctx: Context;
  input: { email: string; answer: Answer };
}): Promise<void> {
  const who = requireCan(of.ctx, "own-address.change");
  if (of.input.answer === "agree") requireFresh(of.ctx);
  await inTransaction(of.ctx, (ctx) => settle(ctx, who, of.input));
}

/** Gives the athlete another address, as asked for on the own page. Athletes only. @throws AppError `bad-input`, `sign-in-again`, `not-signed-in` */
export async function changeOwnAddress(of: {
  ctx: Context;
  input: z.input<typeof addressInput>;
}): Promise<void> {
  const who = requireCan(of.ctx, "own-address.change");
  requireFresh(of.ctx);
  const { email } = parseInput(addressInput, of.input);
  await inTransaction(of.ctx, (ctx) => moveTo(ctx, who, email));
}

/** What the link in the mail to the old address asks. Any caller with the link. @throws AppError `link-ended` */
export async function viewAddressLink(of: {
  ctx: Context;
  input: { token: string };
}): Promise<{ email: string; by: string | null }> {
  const tokenHash = hashLinkToken(of.input.token);
  const link = await findOpenLink(of.ctx.db, { tokenHash, purpose, now: of.ctx.now });
  const proposal = link && (await findProposedAddress(of.ctx.db, whoOf(link)));
  if (!proposal || proposal.email !== link?.email) throw ended();
  return proposal;
}

/** The old address's answer, once. Any caller with the link. @throws AppError `link-ended` */
export async function answerAddressLink(of: {
  ctx: Context;
  input: { token: string; answer: Answer };
}): Promise<void> {
  await inTransaction(of.ctx, async (ctx) => {
    const tokenHash = hashLinkToken(of.input.token);
    const link = await takeLink(ctx.db, { tokenHash, purpose, now: ctx.now });
    if (!link?.email) throw ended();
    const who = whoOf(link);
    const actor = { kind: "athlete", athleteId: who.athleteId } as const;
    await settle({ ...ctx, actor, teamId: who.teamId }, who, { email: link.email, answer: of.input.answer });
  });
}

function whoOf(link: { teamId: string | null; athleteId: string | null }): Who {
  if (!link.teamId || !link.athleteId) throw ended();
  return { teamId: link.teamId, athleteId: link.athleteId };
}

async function settle(ctx: Context, who: Who, of: { email: string; answer: Answer }): Promise<void> {
  const proposal = await findProposedAddress(ctx.db, who);
  if (proposal?.email !== of.email) throw new AppError("conflict", "Another address is proposed by now.");
  if (of.answer === "agree") return moveTo(ctx, who, proposal.email);
  await saveProposedAddress(ctx.db, { ...who, proposal: null });
  await endAthleteLinks(ctx.db, { athleteId: who.athleteId, purposes: [purpose], now: ctx.now });
  await recordAudit(ctx, {
    teamId: who.teamId,
    action: "athlete/address-refused",
    subjectId: who.athleteId,
  });
}

/** The change itself: sessions and links that the old address opened end, it is told, and the athlete's log shows it. */
async function moveTo(ctx: Context, who: Who, email: string): Promise<void> {
  const found = await findAthlete(ctx.db, who);
  if (!found || found.athlete.email === email) return;
  const { teamId, athleteId } = who;
  const { now } = ctx;
  await saveAddress(ctx.db, { ...who, email, now });
  await endAthleteLinks(ctx.db, { athleteId, purposes: [purpose, "athlete-page"], now });
  await withdrawInvitations(ctx.db, { ...who, now });
  await insertOwnLook(ctx.db, { ...who, what: "address-changed", now });
  await recordAudit(ctx, { teamId, action: "athlete/address-changed", subjectId: athleteId });
  const { email: old, locale } = found.athlete;
  if (!old) return;
  const values = { address: email, team: found.teamName };
  const key = `address-changed/${athleteId}/${now.getTime()}`;
  const mail = { kind: "address-changed", key, toEmail: old, locale, values, athleteId } as const;
  await mailLink({ ctx, input: { ...mail, href: `${env().APP_URL}/me/sign-in` } });
}
