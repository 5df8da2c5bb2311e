import { createHmac, timingSafeEqual } from "node:crypto";
import { derivedSecret, env } from "@/lib/env";

export type MailSubscription = { userId: string; squadId: string };

/** A link that ends one coach's readiness mails of one squad without signing in; it says nothing about anybody's data. */
export function stopLink(subscription: MailSubscription): string {
  return `${env().APP_URL}/mail/stop/${subscription.squadId}.${subscription.userId}.${signatureOf(subscription)}`;
}

/** Whose mails of which squad a link's last part means; undefined when it was not made here. */
export function readStopToken(token: string): MailSubscription | undefined {
  const [squadId = "", userId = "", signature = ""] = token.split(".");
  const expected = Buffer.from(signatureOf({ userId, squadId }));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  return { userId, squadId };
}

function signatureOf({ userId, squadId }: MailSubscription): string {
  return createHmac("sha256", derivedSecret("mail-stop")).update(`${squadId}.${userId}`).digest("base64url");
}
