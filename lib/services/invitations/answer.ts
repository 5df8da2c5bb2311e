import { z } from "zod";
import { hasEverConnected, saveAthleteLanguage } from "@/db/queries/athletes";
import { hasActiveConnection } from "@/db/queries/connections";
import { insertConsent, withdrawConsents } from "@/db/queries/consents";
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
import { parseInput, requireCoach } from "@/lib/services/access/require";
import { sharesFromOf } from "@/lib/services/consents/bounds";
import { type ConsentText, wordConsent } from "@/lib/services/consents/text";
import { getSquad } from "@/lib/services/squads/manage";

/** The open invitation behind a link; one answer for used, expired, withdrawn and forged. @throws AppError `link-ended` */
async function requireOpenInvitation(ctx: Context, token: string) {
  const found = await findOpenInvitation(ctx.db, { tokenHash: hashLinkToken(token), now: ctx.now });
  if (!found) throw new AppError("link-ended", "This link has ended. Ask your coach for a new one.");
  return found;
}

type InvitationView = {
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

/** What an athlete invited now would be asked. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function previewConsent(of: {
  ctx: Context;
  input: { squadId: string; locale: string };
}): Promise<{ squadName: string; text: ConsentText }> {
  const { teamId, userId } = requireCoach(of.ctx, "viewer");
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

/** Whoever reads the mailbox opens the page, so the athlete says which it is, before there is anything to open. */
async function keepAddress(
  ctx: Context,
  of: { teamId: string; athleteId: string; email: string | null },
): Promise<void> {
  if (!(await hasEverConnected(ctx.db, of))) await saveAddress(ctx.db, { ...of, now: ctx.now });
}

/**
 * Records that the athlete agrees, with the exact text, its version and the choice of history; mails are in its
 * language from now on. Nothing is fetched by this: Polar has to be asked next. Any caller with the link.
 * @param input.textVersion version of the text that was shown
 * @param input.email the athlete's own address, empty for none; left as it is when not given or when the athlete has
 * connected before
 * @throws AppError `link-ended`, `bad-input`, or `conflict` when the text has changed since it was shown
 */
export async function acceptInvitation(of: {
  ctx: Context;
  input: { token: string; textVersion: string; history: HistoryChoice; locale: string; email?: string };
}): Promise<void> {
  const { token, textVersion, history, locale } = of.input;
  const { email } = parseInput(addressInput, { email: of.input.email });
  await inTransaction(of.ctx, async (ctx) => {
    const invited = await requireOpenInvitation(ctx, token);
    const { plain, version, streams, levelPromised } = await wordConsent(ctx, invited, locale);
    if (version !== textVersion)
      throw new AppError("conflict", "The text has changed. Please read it again.");
    const athlete = { teamId: invited.athlete.teamId, athleteId: invited.athlete.id };
    await withdrawConsents(ctx.db, { ...athlete, now: ctx.now });
    const language = languageOf(locale);
    await saveAthleteLanguage(ctx.db, { ...athlete, locale: language });
    await insertConsent(ctx.db, {
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
    if (email !== undefined) await keepAddress(ctx, { ...athlete, email });
    const entry = { action: "consent/given", detail: { textVersion, history } };
    await recordAudit(ctx, { ...entry, teamId: athlete.teamId, subjectId: athlete.athleteId });
  });
}

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

/** Ends a consent that Polar's page did not confirm, so that none stands without a connection. Any caller with the link. */
export async function takeBackConsent(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const { db, now } = of.ctx;
  const found = await findOpenInvitation(db, { tokenHash: hashLinkToken(of.input.token), now });
  if (!found) return;
  const athlete = { teamId: found.athlete.teamId, athleteId: found.athlete.id };
  if (!(await hasActiveConnection(db, athlete))) await withdrawConsents(db, { ...athlete, now });
}
