import { createHash } from "node:crypto";
import { languageOf } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import { LinkMail } from "@/lib/email/link-mail";
import { renderMail } from "@/lib/email/render";
import { env } from "@/lib/env";
import type { Context } from "../../context";
import { queueMail } from "../mail/queue";

type Reader = {
  athleteId: string;
  squadId: string;
  teamId: string;
  teamName: string;
  email: string;
  locale: string;
};

/** Tells an athlete once per token that the connection ended, with the way back. Called by verbs that checked their caller. */
export async function mailReconnection(of: {
  ctx: Context;
  input: Reader & { connectionId: string; accessTokenSealed: string };
}): Promise<void> {
  const { athleteId, squadId, teamId, teamName, email, locale, connectionId, accessTokenSealed } = of.input;
  const say = sayIn(locale, "reconnect");
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
  const token = createHash("sha256").update(accessTokenSealed).digest("hex").slice(0, 16);
  const key = `reconnect/${connectionId}/${token}`;
  const input = { kind: "reconnect" as const, key, toEmail: email, subject: say("subject", values), ...mail };
  await queueMail({ ctx: of.ctx, input: { ...input, athleteId, squadId, teamId } });
}
