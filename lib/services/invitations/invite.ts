import { z } from "zod";
import {
  deleteAthlete,
  findAthlete,
  findPageOwner,
  holdAthlete,
  insertAthlete,
  markStopped,
} from "@/db/queries/athletes";
import { hasActiveConnection } from "@/db/queries/connections";
import { withdrawConsents } from "@/db/queries/consents";
import { insertInvitation, listWaitingRows, withdrawInvitations } from "@/db/queries/invitations";
import { findMember } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import { athleteGroup, athleteName } from "@/lib/athlete-fields";
import type { Context } from "@/lib/context";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { optionalAddress } from "@/lib/email/address";
import type { MailState } from "@/lib/email/kinds";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { parseInput, requireCan, requireId } from "@/lib/services/access/require";
import { KEPT_DAYS } from "@/lib/services/consents/text";
import { mailLink } from "@/lib/services/mail/queue";
import { getSquad } from "@/lib/services/squads/manage";

const athleteInput = z.object({
  squadId: z.uuid(),
  name: athleteName,
  email: optionalAddress.optional(),
  groupName: athleteGroup.optional(),
  locale: z.string().default("en"),
});

/**
 * Adds an athlete to a squad and invites them: by mail when there is an address, by the returned link in any
 * case. The link is told once; only its hash is kept. It holds for 14 days. The mails are in the given language until
 * the athlete reads the pages in another. Coaches and owners.
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function inviteAthlete(of: {
  ctx: Context;
  input: z.input<typeof athleteInput>;
}): Promise<IssuedInvitation & { athleteId: string }> {
  const { teamId } = requireCan(of.ctx, "athletes.invite");
  const { squadId, name, email, groupName, locale } = parseInput(athleteInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    await getSquad({ ctx, input: { squadId } });
    const athleteId = await insertAthlete(ctx.db, {
      teamId,
      squadId,
      name,
      email: email ?? null,
      groupName: groupName || null,
      locale: languageOf(locale),
      createdAt: ctx.now,
    });
    const issued = await issueInvitation({ ctx, input: { athleteId } });
    await recordAudit(ctx, { teamId, action: "athlete/invited", subjectId: athleteId });
    return { athleteId, ...issued };
  });
}

type IssuedInvitation = { invitationId: string; link: string; expiresAt: Date };

/** How long an invitation can be answered, in days. */
const INVITATION_DAYS = 14;

const dayMs = 86_400_000;

/** Makes a fresh invitation of an athlete, ends the earlier ones, and mails it when there is an address, in the athlete's language. Coaches. */
export async function issueInvitation(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<IssuedInvitation> {
  const { db, now } = of.ctx;
  const { teamId, userId } = requireCan(of.ctx, "athletes.invite");
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

/**
 * Invites an athlete again: a new link, mailed when there is an address; the old one ends. Coaches and owners.
 * @throws AppError `conflict` when the athlete is connected, `not-found`, `forbidden`, `not-signed-in`
 */
export async function resendInvitation(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<IssuedInvitation> {
  const { teamId } = requireCan(of.ctx, "athletes.invite");
  const athleteId = requireId(of.input.athleteId);
  return inTransaction(of.ctx, async (ctx) => {
    if (await hasActiveConnection(ctx.db, { teamId, athleteId }))
      throw new AppError("conflict", "This athlete is connected already.");
    const issued = await issueInvitation({ ctx, input: { athleteId } });
    await recordAudit(ctx, { teamId, action: "athlete/invited-again", subjectId: athleteId });
    return issued;
  });
}

/**
 * Takes an invitation back. An athlete whose page is nobody's yet is removed with it; one who connected keeps their data;
 * one who only ever opened the page by a mailed link is taken off the team, with the days that everybody has to download.
 * Coaches and owners. @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function withdrawInvitation(of: { ctx: Context; input: { athleteId: string } }): Promise<void> {
  const { teamId } = requireCan(of.ctx, "athletes.invite");
  const athleteId = requireId(of.input.athleteId);
  await inTransaction(of.ctx, async (ctx) => {
    const { now } = ctx;
    const found = await findAthlete(ctx.db, { teamId, athleteId });
    if (!found) throw new AppError("not-found", "This athlete is not there.");
    await withdrawInvitations(ctx.db, { teamId, athleteId, now });
    const owner = await findPageOwner(ctx.db, { teamId, athleteId });
    if (owner === "nobody") await deleteAthlete(ctx.db, { teamId, athleteId });
    if (owner === "mailbox") await takeOffTeam(ctx, found.athlete);
    await recordAudit(ctx, { teamId, action: "athlete/invitation-withdrawn", subjectId: athleteId });
  });
}

async function takeOffTeam(
  ctx: Context,
  athlete: { id: string; teamId: string; stoppedAt: Date | null; deleteAfter: Date | null },
): Promise<void> {
  const { now } = ctx;
  const key = { teamId: athlete.teamId, athleteId: athlete.id };
  await withdrawConsents(ctx.db, { ...key, now });
  const stoppedAt = athlete.stoppedAt ?? now;
  const deleteAfter = athlete.deleteAfter ?? new Date(now.getTime() + KEPT_DAYS * dayMs);
  await markStopped(ctx.db, { ...key, stoppedAt, deleteAfter });
}

export type WaitingInvitation = {
  athleteId: string;
  name: string;
  email: string | null;
  groupName: string | null;
  /** When the invitation was made. */
  sentAt: Date;
  /** What became of its mail; `link` where none was written: the coach passes the link on. */
  delivery: "link" | "waiting" | "sent" | "failed" | "unknown";
  expiresAt: Date;
  /** When a browser first showed it. */
  openedAt: Date | null;
  /** The page is the athlete's own, and so is the address. */
  owned: boolean;
  /** `accepted`: the athlete agreed here but has not come back from Polar. */
  state: "sent" | "opened" | "accepted" | "declined" | "expired";
};

/** Who was invited to a squad and has not connected, the latest first. Everybody on the team. @throws AppError `not-signed-in` */
export async function listWaiting(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<WaitingInvitation[]> {
  const { teamId } = requireCan(of.ctx, "invitations.view");
  const rows = await listWaitingRows(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
  return rows
    .map(({ declinedAt, consented, mailState, ...row }) => ({
      ...row,
      delivery: deliveryOf(mailState),
      state: stateOf({ ...row, declinedAt, consented, expired: row.expiresAt <= of.ctx.now }),
    }))
    .sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime() || a.name.localeCompare(b.name));
}

function stateOf(of: {
  declinedAt: Date | null;
  openedAt: Date | null;
  consented: boolean;
  expired: boolean;
}): WaitingInvitation["state"] {
  if (of.declinedAt) return "declined";
  if (of.expired) return "expired";
  if (of.consented) return "accepted";
  return of.openedAt ? "opened" : "sent";
}

function deliveryOf(state: MailState | null): WaitingInvitation["delivery"] {
  if (state === null) return "link";
  return state === "queued" || state === "claimed" ? "waiting" : state;
}
