import { languageOf } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import type { LinkMailKind } from "@/lib/email/kinds";
import { LinkMail } from "@/lib/email/link-mail";
import { renderMail } from "@/lib/email/render";
import type { Context } from "../../context";
import { queueMail } from "../mail/queue";

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
