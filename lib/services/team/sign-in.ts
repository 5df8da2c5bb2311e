import { randomBytes } from "node:crypto";
import { findOwnSessions } from "@/db/queries/athletes";
import { countOpenLinks, findOpenLinkFor } from "@/db/queries/links";
import {
  deleteSession,
  findCoachBySession,
  findUserByEmail,
  findVerificationToken,
  insertSession,
  saveCoachLanguage,
} from "@/db/queries/sign-in";
import type { Actor, Context } from "@/lib/context";
import { hashLinkToken } from "@/lib/crypto/link-token";
import { env } from "@/lib/env";
import { requireCan } from "@/lib/services/access/require";
import { mailLink } from "@/lib/services/mail/queue";

/** Who a coach's session cookie stands for; undefined when it ended or its holder left the team. Any caller. */
export async function findCoachActor(of: {
  ctx: Context;
  input: { sessionToken: string };
}): Promise<{ actor: Actor; teamId: string } | undefined> {
  const found = await findCoachBySession(of.ctx.db, { ...of.input, now: of.ctx.now });
  if (!found) return undefined;
  return { actor: { kind: "coach", userId: found.userId, role: found.role }, teamId: found.teamId };
}

/**
 * Who an athlete's session cookie stands for; undefined once the athlete's data are deleted, or when the session began
 * before the address changed. Any caller.
 */
export async function findAthleteActor(of: {
  ctx: Context;
  input: { athleteId: string; startedAt: Date };
}): Promise<{ actor: Actor; teamId: string } | undefined> {
  const { athleteId, startedAt } = of.input;
  const found = await findOwnSessions(of.ctx.db, athleteId);
  if (!found || (found.sessionsFrom && startedAt < found.sessionsFrom)) return undefined;
  return { actor: { kind: "athlete", athleteId, since: startedAt }, teamId: found.teamId };
}

const mostOpenLinks = 5;

/**
 * Whether an address may be sent a sign-in link: on a team, the owner's by configuration, or invited, and not
 * flooded with links already. The answer shows nowhere. Any caller.
 */
export async function mayHaveLink(of: { ctx: Context; input: { email: string } }): Promise<boolean> {
  const { db, now } = of.ctx;
  const email = of.input.email;
  if ((await countOpenLinks(db, { email, now })) >= mostOpenLinks) return false;
  if (isConfiguredOwner(email)) return true;
  const user = await findUserByEmail(db, email);
  if (user?.teamId) return true;
  return (await findOpenLinkFor(db, { email, purpose: "coach-invitation", now })) !== undefined;
}

/** True for the address the operator named as the owner's. */
export function isConfiguredOwner(email: string): boolean {
  return env().OWNER_EMAIL?.toLowerCase() === email;
}

/** Mails a coach the link that signs in, in their own language or else the browser's. Called by the sign-in itself, which made the link. */
export async function sendSignInLink(of: {
  ctx: Context;
  input: { email: string; href: string; token: string; browser: string };
}): Promise<void> {
  const { email, href, token, browser } = of.input;
  const locale = (await findUserByEmail(of.ctx.db, email))?.locale ?? browser;
  const key = `sign-in/${hashLinkToken(token).slice(0, 24)}`;
  const input = { kind: "sign-in", key, toEmail: email, href, locale, values: {} } as const;
  await mailLink({ ctx: of.ctx, input });
}

/** Whose sign-in link a hash belongs to, used by nobody yet; it may have expired. Called by the sign-in itself. */
export async function findSignInLink(of: {
  ctx: Context;
  input: { tokenHash: string };
}): Promise<{ email: string; expires: Date } | undefined> {
  return findVerificationToken(of.ctx.db, of.input.tokenHash);
}

const lifeMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Opens a session for a coach who proved who they are by other means than the magic link (a claim or an
 * invitation just used, the demonstration). Visitors only. @throws AppError `forbidden`
 */
export async function openSession(of: {
  ctx: Context;
  input: { userId: string };
}): Promise<{ sessionToken: string; expires: Date }> {
  requireCan(of.ctx, "sign-in");
  const session = {
    sessionToken: randomBytes(32).toString("base64url"),
    expires: new Date(of.ctx.now.getTime() + lifeMs),
  };
  await insertSession(of.ctx.db, { ...session, userId: of.input.userId });
  return session;
}

/** Ends a coach's session. Any caller: whoever holds the token may end it. */
export async function closeSession(of: { ctx: Context; input: { sessionToken: string } }): Promise<void> {
  await deleteSession(of.ctx.db, of.input);
}

/** The coach of the demonstration: the one that one-click sign-in signs in. An invented person. */
export const demoCoach = {
  name: "Line Krogh",
  email: "line.krogh@example.org",
  teamName: "Fjordline Endurance",
} as const;

/** The language of a coach whose session has just been opened: the one kept, else from now on the browser's. Visitors only: called by sign-in. @throws AppError `forbidden` */
export async function settleCoachLanguage(of: {
  ctx: Context;
  input: { sessionToken: string; browser: string };
}): Promise<string> {
  requireCan(of.ctx, "sign-in");
  const { sessionToken, browser } = of.input;
  const coach = await findCoachBySession(of.ctx.db, { sessionToken, now: of.ctx.now });
  if (coach?.locale) return coach.locale;
  if (coach) await saveCoachLanguage(of.ctx.db, { userId: coach.userId, locale: browser });
  return browser;
}
