import { randomUUID } from "node:crypto";
import { insertMail, type NewMail } from "@/db/queries/mail";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import type { Context } from "@/lib/context";
import { seal } from "@/lib/crypto/seal";
import type { LinkMailKind } from "@/lib/email/kinds";
import { LinkMail } from "@/lib/email/link-mail";
import { renderMail } from "@/lib/email/render";
import { env } from "@/lib/env";
import { recordEvents } from "@/lib/services/events/outbox";
/** The part of a mail that is sealed until it was sent. */
export type MailBody = { html: string; text: string; headers?: Record<string, string> };

/** Purpose of the key that seals it. */
export const MAIL_PURPOSE = "mail";

type QueuedMail = MailBody & {
  kind: NewMail["kind"];
  /** One mail per business fact, ever: `morning/<squad>/<date>/<user>`. */
  key: string;
  toEmail: string;
  subject: string;
  teamId?: string;
  squadId?: string;
  athleteId?: string;
  userId?: string;
  newsDate?: string;
  frozen?: NewMail["frozen"];
  /** After it the mail helps nobody and is not sent. */
  expiresAt?: Date;
};

/** Notes a mail that is owed, and asks for its delivery. Its text is sealed and goes once it was sent. A second mail of the same key is dropped. */
export async function queueMail({ ctx, input }: { ctx: Context; input: QueuedMail }): Promise<void> {
  const { html, text, headers, ...mail } = input;
  const secret = env().ENCRYPTION_KEY;
  const id = randomUUID();
  await inTransaction(ctx, async (tx) => {
    const queued = await insertMail(tx.db, {
      ...mail,
      id,
      teamId: input.teamId ?? ctx.teamId,
      bodySealed: seal(JSON.stringify({ html, text, headers }), { secret, purpose: MAIL_PURPOSE }),
      messageId: `${id}@${new URL(env().APP_URL).hostname}`,
      queuedAt: ctx.now,
    });
    if (queued) await recordEvents(tx, [{ name: "mail/queued", data: { mailId: queued.id } }]);
  });
}

type LinkMailInput = {
  kind: LinkMailKind;
  /** One mail per key ever. */
  key: string;
  toEmail: string;
  href: string;
  locale: string;
  values: Record<string, string | number>;
  athleteId?: string;
  squadId?: string;
};

/** Queues a mail whose point is one link, in the reader's language. Called by verbs that checked their caller. */
export async function mailLink(of: { ctx: Context; input: LinkMailInput }): Promise<void> {
  const { kind, key, toEmail, href, locale, values, athleteId, squadId } = of.input;
  const { subject, ...words } = wordsOf(kind, locale, values);
  const mail = await renderMail(LinkMail({ lang: languageOf(locale), href, words }));
  const input = { kind, key, toEmail, subject, ...mail, athleteId, squadId };
  await queueMail({ ctx: of.ctx, input });
}

function wordsOf(kind: LinkMailKind, locale: string, values: Record<string, string | number>) {
  const say = sayIn(locale, `auth.mail.${kind}`);
  return {
    subject: say("subject", values),
    preview: say("preview", values),
    title: say("title", values),
    paragraphs: say("body", values).split("\n"),
    button: say("button", values),
    small: say("small", values),
  };
}
