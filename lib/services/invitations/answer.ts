import { z } from "zod";
import { findPageOwner, type PageOwner, saveAthleteLanguage } from "@/db/queries/athletes";
import { hasActiveConnection } from "@/db/queries/connections";
import { findStandingConsent, insertConsent, withdrawConsents } from "@/db/queries/consents";
import { findOpenInvitation, markDeclined, markOpened, takeBackDecline } from "@/db/queries/invitations";
import { saveAddress } from "@/db/queries/own-page";
import { findMember, findTeam } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import type { HistoryChoice } from "@/lib/consent";
import type { Context } from "@/lib/context";
import { hashLinkToken } from "@/lib/crypto/link-token";
import { optionalAddress } from "@/lib/email/address";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { parseInput, requireCan } from "@/lib/services/access/require";
import { sharesFromOf } from "@/lib/services/consents/bounds";
import { type ConsentText, wordConsent } from "@/lib/services/consents/text";
import { getSquad } from "@/lib/services/squads/manage";

/** The open invitation behind a link; one answer for used, expired, withdrawn and forged. @throws AppError `link-ended` */
async function requireOpenInvitation(ctx: Context, token: string) {
  const found = await findOpenInvitation(ctx.db, { tokenHash: hashLinkToken(token), now: ctx.now });
  if (!found) throw new AppError("link-ended", "This link has ended. Ask your coach for a new one.");
  return found;
}

type Invited = Awaited<ReturnType<typeof requireOpenInvitation>>;

const keyOf = ({ athlete }: Invited) => ({ teamId: athlete.teamId, athleteId: athlete.id });

/**
 * A coach knows the link too. Until somebody has taken part it opens nothing, and once an account was connected only that
 * one can be connected by it. A page that mailed links alone have opened has no such account: there its owner answers,
 * signed in.
 */
function mustSignIn(ctx: Context, athleteId: string, owner: PageOwner): boolean {
  return owner === "mailbox" && (ctx.actor.kind !== "athlete" || ctx.actor.athleteId !== athleteId);
}

/** The open invitation behind a link that whoever asks may answer. @throws AppError `link-ended`, `not-signed-in` */
async function requireAnswerable(
  ctx: Context,
  token: string,
): Promise<{ invited: Invited; owner: PageOwner }> {
  const invited = await requireOpenInvitation(ctx, token);
  const owner = await findPageOwner(ctx.db, keyOf(invited));
  if (mustSignIn(ctx, invited.athlete.id, owner))
    throw new AppError("not-signed-in", "Open your own page first, then this link again.");
  return { invited, owner };
}

type InvitationView = {
  athleteName: string;
  text: ConsentText;
  textVersion: string;
  expiresAt: Date;
  /** Where mails to the athlete would go; absent for one whose page is their own, whose address nobody else changes. */
  address?: string;
  /** The invitation is for somebody with a page of their own, who answers it signed in. */
  signInFirst: boolean;
};

/** What the holder of an invitation link is asked. Any caller with the link. @throws AppError `link-ended` */
export async function viewInvitation(of: {
  ctx: Context;
  input: { token: string; locale: string };
}): Promise<InvitationView> {
  const invited = await requireOpenInvitation(of.ctx, of.input.token);
  const { text, version } = await wordConsent(of.ctx, invited, of.input.locale);
  const { athlete, invitation } = invited;
  const owner = await findPageOwner(of.ctx.db, keyOf(invited));
  return {
    athleteName: athlete.name,
    text,
    textVersion: version,
    expiresAt: invitation.expiresAt,
    ...(owner === "nobody" ? { address: athlete.email ?? "" } : {}),
    signInFirst: mustSignIn(of.ctx, athlete.id, owner),
  };
}

/** What an athlete invited now would be asked. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function previewConsent(of: {
  ctx: Context;
  input: { squadId: string; locale: string };
}): Promise<{ squadName: string; text: ConsentText }> {
  const { teamId, userId } = requireCan(of.ctx, "invitations.view");
  const { squadId, locale } = of.input;
  const squad = await getSquad({ ctx: of.ctx, input: { squadId } });
  const [team, inviter] = await Promise.all([
    findTeam(of.ctx.db, teamId),
    findMember(of.ctx.db, { teamId, userId }),
  ]);
  if (!team || !inviter) throw new AppError("not-found", "This team is not there.");
  const athlete = { name: sayIn(locale, "consent")("somebody") };
  const occasion = { squad, teamName: team.name, inviter, athlete, invitation: { createdAt: of.ctx.now } };
  const { text } = await wordConsent(of.ctx, occasion, locale);
  return { squadName: squad.name, text };
}

/** Notes that an invitation was shown, the first time only; the consent text says that the coach sees it. Any caller with the link. */
export async function noteOpening(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const { db, now } = of.ctx;
  const found = await findOpenInvitation(db, { tokenHash: hashLinkToken(of.input.token), now });
  if (!found) return;
  await markOpened(db, { invitationId: found.invitation.id, teamId: found.invitation.teamId, now });
}

const addressInput = z.object({ email: optionalAddress.optional() });

/**
 * Records that the athlete agrees, with the exact text, its version and the choice of history; mails are in its
 * language from now on. Nothing is fetched by this: Polar has to be asked next, by the browser that agreed. Any caller
 * with the link.
 * @param input.textVersion version of the text that was shown
 * @param input.email the athlete's own address, empty for none; left as it is when not given or when the page is the
 * athlete's already
 * @throws AppError `link-ended`, `bad-input`, `not-signed-in` (`mustSignIn`), or `conflict` when the text has changed
 * since it was shown
 */
export async function acceptInvitation(of: {
  ctx: Context;
  input: { token: string; textVersion: string; history: HistoryChoice; locale: string; email?: string };
}): Promise<{ consentId: string }> {
  const { token, textVersion, history, locale } = of.input;
  const { email } = parseInput(addressInput, { email: of.input.email });
  return inTransaction(of.ctx, async (ctx) => {
    const { invited, owner } = await requireAnswerable(ctx, token);
    const { plain, version, streams, levelPromised } = await wordConsent(ctx, invited, locale);
    if (version !== textVersion)
      throw new AppError("conflict", "The text has changed. Please read it again.");
    const athlete = keyOf(invited);
    await withdrawConsents(ctx.db, { ...athlete, now: ctx.now });
    const language = languageOf(locale);
    await saveAthleteLanguage(ctx.db, { ...athlete, locale: language });
    const consentId = await insertConsent(ctx.db, {
      ...athlete,
      textVersion,
      text: plain,
      locale: language,
      streams,
      history,
      sharesFrom: sharesFromOf({
        streams,
        history,
        acceptedAt: ctx.now,
        timeZone: invited.squad.timeZone,
      }),
      levelPromised,
      acceptedAt: ctx.now,
    });
    // Whoever reads the mailbox opens the page, so the athlete says which it is, before there is anything to open.
    if (email !== undefined && owner === "nobody")
      await saveAddress(ctx.db, { ...athlete, email, now: ctx.now });
    const entry = { action: "consent/given", detail: { textVersion, history } };
    await recordAudit(ctx, { ...entry, teamId: athlete.teamId, subjectId: athlete.athleteId });
    return { consentId };
  });
}

/**
 * The athlete says no: the link ends, and the coach sees that it was declined. What the owner of a page has agreed to
 * ends on that page, by stopping. Any caller with the link. @throws AppError `link-ended`, `not-signed-in` (`mustSignIn`)
 */
export async function declineInvitation(of: { ctx: Context; input: { token: string } }): Promise<void> {
  await inTransaction(of.ctx, async (ctx) => {
    const { invited, owner } = await requireAnswerable(ctx, of.input.token);
    const { teamId, athleteId } = keyOf(invited);
    await markDeclined(ctx.db, { invitationId: invited.invitation.id, teamId, now: ctx.now });
    if (!endsOnThePage(invited, owner)) await withdrawConsents(ctx.db, { teamId, athleteId, now: ctx.now });
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

/** What the owner of a page without an account agreed to ends there, by stopping; after stopping there is nothing to keep. */
function endsOnThePage({ athlete }: Invited, owner: PageOwner): boolean {
  return owner === "mailbox" && athlete.stoppedAt === null;
}

/**
 * Ends a consent that Polar's page did not confirm, so that none stands that nobody owns; one that another answer to the
 * same link has replaced is not ended by the first. Any caller with the link.
 */
export async function takeBackConsent(of: {
  ctx: Context;
  input: { token: string; consentId: string };
}): Promise<void> {
  const { db, now } = of.ctx;
  const found = await findOpenInvitation(db, { tokenHash: hashLinkToken(of.input.token), now });
  if (!found || endsOnThePage(found, await findPageOwner(db, keyOf(found)))) return;
  const athlete = keyOf(found);
  const consent = await findStandingConsent(db, athlete);
  if (consent?.id !== of.input.consentId || (await hasActiveConnection(db, athlete))) return;
  await withdrawConsents(db, { ...athlete, now });
}
