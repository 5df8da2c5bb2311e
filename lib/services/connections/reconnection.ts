import { createHash } from "node:crypto";
import { findConnection, findReconnectionReader, refuseToken } from "@/db/queries/connections";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import type { Context } from "@/lib/context";
import type { ReconnectionMailKind } from "@/lib/email/kinds";
import { LinkMail } from "@/lib/email/link-mail";
import { renderMail } from "@/lib/email/render";
import { env } from "@/lib/env";
import { requireCan } from "@/lib/services/access/require";
import { queueMail } from "@/lib/services/mail/queue";

/**
 * Polar answered 401: the token is dead and only the athlete can connect again, who is told so by mail once. Jobs only.
 * @returns false when the token is no longer the connection's, because access was ended or renewed meanwhile
 */
export async function markNeedsReconnection({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string; accessTokenSealed: string };
}): Promise<boolean> {
  requireCan(ctx, "jobs.run");
  return inTransaction(ctx, async (tx) => {
    const refused = await refuseToken(tx.db, input);
    if (!refused) return false;
    await mailReconnection(tx, { ...input, connectionId: refused.id });
    return true;
  });
}

type Kind = ReconnectionMailKind;

type Token = { athleteId: string; connectionId: string; accessTokenSealed: string };

const WORDS = { reconnect: "reconnect", "polar-consent": "reconnect.consent" } as const satisfies Record<
  Kind,
  string
>;

/** Which token a mail is about, without giving it away. */
function fingerprintOf(accessTokenSealed: string): string {
  return createHash("sha256").update(accessTokenSealed).digest("hex").slice(0, 16);
}

async function mailOnce(ctx: Context, kind: Kind, of: Token): Promise<void> {
  const reader = await findReconnectionReader(ctx.db, of.athleteId);
  if (!reader?.email) return;
  const { athleteId, squadId, teamId, teamName, email, locale } = reader;
  const say = sayIn(locale, WORDS[kind]);
  const values = { team: teamName };
  const words = {
    preview: say("preview", values),
    title: say("title", values),
    paragraphs: say("body", values).split("\n"),
    button: say("button", values),
    small: say("small", values),
  };
  const href = `${env().APP_URL}/me/sign-in`;
  const mail = await renderMail(LinkMail({ lang: languageOf(locale), href, words }));
  const key = `${kind}/${of.connectionId}/${fingerprintOf(of.accessTokenSealed)}`;
  const input = { kind, key, toEmail: email, subject: say("subject", values), ...mail };
  await queueMail({ ctx, input: { ...input, athleteId, squadId, teamId } });
}

/** Tells an athlete once per token that the connection ended, with the way back. Called by verbs that checked their caller. */
async function mailReconnection(ctx: Context, of: Token): Promise<void> {
  await mailOnce(ctx, "reconnect", of);
}

/** Tells an athlete once per token that Polar misses a consent of its own, with the way to give it. Called by verbs that checked their caller. */
export async function mailMissingConsent(
  ctx: Context,
  of: { athleteId: string; connectionId: string },
): Promise<void> {
  const connection = await findConnection(ctx.db, of.athleteId);
  const accessTokenSealed = connection?.accessTokenSealed;
  if (accessTokenSealed) await mailOnce(ctx, "polar-consent", { ...of, accessTokenSealed });
}
