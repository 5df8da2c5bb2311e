import { createHmac, timingSafeEqual } from "node:crypto";
import type { NewsKind } from "@/lib/alerts/frozen";
import { derivedSecret, env } from "@/lib/env";

/** `what`: the link in a squad's morning mail ends all its readiness mails, the one in a later mail the later ones alone. */
export type MailSubscription = { userId: string; squadId: string; what: NewsKind };

/** A link that ends one coach's readiness mails of one squad without signing in; it says nothing about anybody's data. */
export function stopLink(subscription: MailSubscription): string {
  const { userId, squadId, what } = subscription;
  const part = what === "morning" ? "" : `${what}.`;
  return `${env().APP_URL}/mail/stop/${squadId}.${userId}.${part}${signatureOf(subscription)}`;
}

/** Whose mails of which squad a link's last part means; undefined when it was not made here. */
export function readStopToken(token: string): MailSubscription | undefined {
  const parts = token.split(".");
  const [squadId = "", userId = ""] = parts;
  const what = parts.length === 4 && parts[2] === "later-today" ? "later-today" : "morning";
  const subscription = { squadId, userId, what } as const;
  const expected = Buffer.from(signatureOf(subscription));
  const given = Buffer.from(parts.at(-1) ?? "");
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  return subscription;
}

function signatureOf({ userId, squadId, what }: MailSubscription): string {
  // Links in mails sent before there were later ones hold the bare form.
  const signed = what === "morning" ? `${squadId}.${userId}` : `${squadId}.${userId}.${what}`;
  return createHmac("sha256", derivedSecret("mail-stop")).update(signed).digest("base64url");
}
