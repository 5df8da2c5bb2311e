import { z } from "zod";
import { endLinks, findOpenLink, findOpenLinkFor, insertLink, takeLink } from "@/db/queries/links";
import { findUserByEmail, upsertUser } from "@/db/queries/sign-in";
import {
  findFirstTeam,
  findMember,
  findTeam,
  hasOwner,
  insertTeam,
  upsertMembership,
} from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { type Context, ROLES, type Role } from "@/lib/context";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { emailAddress } from "@/lib/email/address";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { oneOf, parseInput, requireCan } from "@/lib/services/access/require";
import { mailLink } from "@/lib/services/mail/queue";
import { createTeam } from "./members";
import { isConfiguredOwner } from "./sign-in";

const purpose = "coach-invitation";

const days = 14;

const inviteInput = z.object({
  email: emailAddress,
  role: oneOf(ROLES),
  locale: z.string().default("en"),
});

/**
 * Invites somebody to the team by mail: a link for one use within 14 days. An earlier one to the same address
 * ends. `locale` is the language of the mail to somebody whose own is not known.
 * Owners only. @throws AppError `bad-input`, `conflict` when they are on a team already, `forbidden`, `not-signed-in`
 */
export async function inviteCoach(of: {
  ctx: Context;
  input: z.input<typeof inviteInput>;
}): Promise<{ link: string }> {
  const { teamId, userId } = requireCan(of.ctx, "coaches.invite");
  const { email, role, locale } = parseInput(inviteInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const { db, now } = ctx;
    const known = await findUserByEmail(db, email);
    if (known?.teamId)
      throw new AppError("conflict", "This address is on a team already.", { field: "email" });
    const token = newLinkToken();
    const tokenHash = hashLinkToken(token);
    const expiresAt = new Date(now.getTime() + days * 86_400_000);
    await endLinks(db, { purpose, now, teamId, email });
    await insertLink(db, { tokenHash, purpose, teamId, email, role, expiresAt, createdAt: now });
    const href = `${env().APP_URL}/join/${token}`;
    const [team, inviter] = [await findTeam(db, teamId), await findMember(db, { teamId, userId })];
    const values = { team: team?.name ?? "", inviter: inviter?.name ?? inviter?.email ?? "", days };
    const key = `coach-invitation/${tokenHash.slice(0, 24)}`;
    const mail = {
      kind: purpose,
      key,
      toEmail: email,
      href,
      locale: known?.locale ?? locale,
      values,
    } as const;
    await mailLink({ ctx, input: mail });
    await recordAudit(ctx, { teamId, action: "member/invited", subjectId: email, detail: { role } });
    return { link: href };
  });
}

const ended = () => new AppError("link-ended", "This link has ended. Ask for a new one.");

const joinInput = z.object({ token: z.string(), name: z.string().trim().min(1).max(80) });

/** What an invited coach would join, and as what. Any caller with the link. @throws AppError `link-ended` */
export async function viewCoachInvitation(of: {
  ctx: Context;
  input: { token: string };
}): Promise<{ team: string; email: string; role: Role }> {
  const tokenHash = hashLinkToken(of.input.token);
  const link = await findOpenLink(of.ctx.db, { tokenHash, purpose, now: of.ctx.now });
  const team = link?.teamId ? await findTeam(of.ctx.db, link.teamId) : undefined;
  if (!link?.email || !link.role || !team) throw ended();
  return { team: team.name, email: link.email, role: link.role };
}

/** Uses a coach's invitation up: its holder joins the team. Any caller with the link. @throws AppError `link-ended`, `bad-input` */
export async function joinTeam(of: {
  ctx: Context;
  input: z.input<typeof joinInput>;
}): Promise<{ userId: string }> {
  const { token, name } = parseInput(joinInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const link = await takeLink(ctx.db, { tokenHash: hashLinkToken(token), purpose, now: ctx.now });
    if (!link?.email || !link.role || !link.teamId) throw ended();
    const { teamId, role, email } = link;
    // Whoever joined another team since is nobody this link could sign in as.
    const known = await findUserByEmail(ctx.db, email);
    if (known?.teamId) throw ended();
    const userId = await upsertUser(ctx.db, { email, name });
    await upsertMembership(ctx.db, { teamId, userId, role });
    await recordAudit(ctx, { teamId, action: "member/joined", subjectId: userId, detail: { role } });
    return { userId };
  });
}

/**
 * Lets the holder of a followed sign-in link in: members as they are, the configured owner and invited coaches
 * onto their team. False for everybody else. Visitors only; the caller has proved that the address is theirs.
 * @throws AppError `forbidden`
 */
export async function admitCoach(of: { ctx: Context; input: { email: string } }): Promise<boolean> {
  requireCan(of.ctx, "sign-in");
  const { email } = of.input;
  return inTransaction(of.ctx, async (ctx) => {
    const known = await findUserByEmail(ctx.db, email);
    if (known?.teamId) return true;
    const place = isConfiguredOwner(email) ? await ownersPlace(ctx) : await invitedPlace(ctx, email);
    if (!place) return false;
    const userId = await upsertUser(ctx.db, { email, name: null });
    await upsertMembership(ctx.db, { ...place, userId });
    return true;
  });
}

async function ownersPlace({ db }: Context) {
  const team = await findFirstTeam(db);
  return { teamId: team?.id ?? (await insertTeam(db, { name: "Team" })), role: "owner" as const };
}

async function invitedPlace({ db, now }: Context, email: string) {
  const open = await findOpenLinkFor(db, { email, purpose: "coach-invitation", now });
  const link = open && (await takeLink(db, { tokenHash: open.tokenHash, purpose: "coach-invitation", now }));
  return link?.teamId && link.role ? { teamId: link.teamId, role: link.role } : undefined;
}

const claimPurpose = "owner-claim";

const lifeMs = 7 * 24 * 60 * 60 * 1000;

const claimEnded = () =>
  new AppError("link-ended", "This link has ended. Start Restday again for a new one.");

const claimInput = z.object({
  token: z.string(),
  name: z.string().trim().min(1).max(80),
  email: emailAddress,
  teamName: z.string().trim().min(1).max(80),
});

/**
 * A one-time link that makes its first user the owner; null when somebody owns the installation already.
 * Links made before end. Jobs only. @throws AppError `forbidden`
 */
export async function createOwnerClaim(of: { ctx: Context }): Promise<{ link: string } | null> {
  requireCan(of.ctx, "jobs.run");
  return inTransaction(of.ctx, async ({ db, now }) => {
    if (await hasOwner(db)) return null;
    const token = newLinkToken();
    await endLinks(db, { purpose: claimPurpose, now });
    await insertLink(db, {
      tokenHash: hashLinkToken(token),
      purpose: claimPurpose,
      role: "owner",
      expiresAt: new Date(now.getTime() + lifeMs),
      createdAt: now,
    });
    return { link: `${env().APP_URL}/claim/${token}` };
  });
}

/** Whether a claim link can still be used. Any caller. @throws AppError `link-ended` */
export async function viewOwnerClaim(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const tokenHash = hashLinkToken(of.input.token);
  const link = await findOpenLink(of.ctx.db, { tokenHash, purpose: claimPurpose, now: of.ctx.now });
  if (!link || (await hasOwner(of.ctx.db))) throw claimEnded();
}

/** Uses a claim link up: its holder becomes the owner of a new team. Any caller. @throws AppError `link-ended`, `bad-input` with the field */
export async function claimOwnership(of: { ctx: Context; input: unknown }): Promise<{ userId: string }> {
  requireCan(of.ctx, "team.make");
  const { token, name, email, teamName } = parseInput(claimInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const tokenHash = hashLinkToken(token);
    const link = await takeLink(ctx.db, { tokenHash, purpose: claimPurpose, now: ctx.now });
    if (!link || (await hasOwner(ctx.db))) throw claimEnded();
    return createTeam({ ctx, input: { teamName, ownerName: name, ownerEmail: email } });
  });
}
