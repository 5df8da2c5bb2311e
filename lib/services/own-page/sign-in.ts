import {
  claimPage,
  findAthleteLanguage,
  findTeamByPageAddress,
  findTeamOfAthlete,
  listAthletesByEmail,
  saveAthleteLanguage,
} from "@/db/queries/athletes";
import {
  countOpenAthleteLinks,
  endAthleteLinks,
  findOpenLink,
  insertLink,
  takeLink,
} from "@/db/queries/links";
import { insertOwnLook } from "@/db/queries/own-page";
import { saveCoachLanguage } from "@/db/queries/sign-in";
import { inTransaction } from "@/db/transaction";
import { languages } from "@/i18n/locales";
import type { Context } from "@/lib/context";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireCan } from "@/lib/services/access/require";
import { mailLink } from "@/lib/services/mail/queue";

const lifeMs = 60 * 60 * 1000;

const mostOpenLinks = 3;

const purpose = "athlete-page";

/**
 * Mails an athlete the way to the own page: a link for one use within an hour, in the athlete's language, one for each
 * team. Only an address that the athlete has taken part by gets one: invited by it is not enough. Says nothing about
 * whether the address is known, so it always succeeds. Any caller.
 */
export async function requestPageLink(of: { ctx: Context; input: { email: string } }): Promise<void> {
  const email = of.input.email.trim().toLowerCase();
  await inTransaction(of.ctx, async (ctx) => {
    const { db, now } = ctx;
    for (const { athleteId, teamId, teamName, locale } of await listAthletesByEmail(db, email)) {
      if ((await countOpenAthleteLinks(db, { athleteId, now })) >= mostOpenLinks) continue;
      const token = newLinkToken();
      const tokenHash = hashLinkToken(token);
      const expiresAt = new Date(now.getTime() + lifeMs);
      await insertLink(db, { tokenHash, purpose, teamId, email, athleteId, expiresAt, createdAt: now });
      const href = `${env().APP_URL}/me/open/${token}`;
      const key = `${purpose}/${tokenHash.slice(0, 24)}`;
      const mail = { kind: purpose, key, toEmail: email, href, locale, athleteId } as const;
      await mailLink({ ctx: { ...ctx, teamId }, input: { ...mail, values: { team: teamName } } });
    }
  });
}

const ended = () => new AppError("link-ended", "This link has ended. Ask for a new one.");

/** Whether a mailed link still opens a page; uses nothing up, so that mail scanners do no harm. Any caller. @throws AppError `link-ended` */
export async function viewPageLink(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const { db, now } = of.ctx;
  const tokenHash = hashLinkToken(of.input.token);
  await pageOf(of.ctx, await findOpenLink(db, { tokenHash, purpose, now }));
}

/**
 * Exchanges a mailed link for the athlete it belongs to, once: the page has an owner from now on, the athlete's other
 * links end, and the athlete's log shows it. Any caller. @throws AppError `link-ended`
 */
export async function openPageLink(of: {
  ctx: Context;
  input: { token: string };
}): Promise<{ athleteId: string }> {
  return inTransaction(of.ctx, async (ctx) => {
    const { db, now } = ctx;
    const tokenHash = hashLinkToken(of.input.token);
    const { teamId, athleteId } = await pageOf(ctx, await takeLink(db, { tokenHash, purpose, now }));
    await claimPage(db, { teamId, athleteId, now });
    await endAthleteLinks(db, { athleteId, purposes: [purpose], now });
    await insertOwnLook(db, { teamId, athleteId, what: "opened-by-mail", now });
    return { athleteId };
  });
}

/** The page a link opens, as long as the address it was mailed to is still the athlete's. */
async function pageOf(
  ctx: Context,
  link: { athleteId: string | null; email: string | null } | undefined,
): Promise<{ teamId: string; athleteId: string }> {
  if (!link?.athleteId || !link.email) throw ended();
  const { athleteId, email } = link;
  const teamId = await findTeamByPageAddress(ctx.db, { athleteId, email });
  if (!teamId) throw ended();
  return { teamId, athleteId };
}

/**
 * The language of an athlete who opens the own page: one chosen in this browser is kept, else the one kept is used.
 * Visitors only: called by sign-in, which proved who it is. @throws AppError `forbidden`
 */
export async function settleAthleteLanguage(of: {
  ctx: Context;
  input: { athleteId: string; chosen: string | undefined };
}): Promise<string | null> {
  requireCan(of.ctx, "sign-in");
  const { athleteId, chosen } = of.input;
  const teamId = await findTeamOfAthlete(of.ctx.db, athleteId);
  if (!teamId) return null;
  if (!chosen) return findAthleteLanguage(of.ctx.db, { teamId, athleteId });
  await saveAthleteLanguage(of.ctx.db, { teamId, athleteId, locale: chosen });
  return chosen;
}

/**
 * Keeps the language that somebody chose for their own pages and mails. Coaches of any role and athletes, for
 * themselves. @throws AppError `bad-input`, `not-signed-in`
 */
export async function chooseOwnLanguage(of: { ctx: Context; input: { language: string } }): Promise<void> {
  requireCan(of.ctx, "language.choose");
  const { db, actor, teamId } = of.ctx;
  const { language: locale } = of.input;
  if (!languages().some(({ code }) => code === locale))
    throw new AppError("bad-input", "This language is not spoken here.", { field: "language" });
  if (actor.kind === "coach") return saveCoachLanguage(db, { userId: actor.userId, locale });
  if (actor.kind === "athlete" && teamId)
    return saveAthleteLanguage(db, { teamId, athleteId: actor.athleteId, locale });
}
