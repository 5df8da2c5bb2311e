import { NEWS_KINDS } from "../alerts/frozen";

/** Mails that carry one link and little else. */
export const LINK_MAIL_KINDS = [
  "sign-in",
  "invitation",
  "athlete-page",
  "address-proposed",
  "address-changed",
  "coach-invitation",
] as const;
export type LinkMailKind = (typeof LINK_MAIL_KINDS)[number];

/** What only the athlete can mend: Polar refused the token, or misses a consent of its own. */
export const RECONNECTION_MAIL_KINDS = ["reconnect", "polar-consent"] as const;
export type ReconnectionMailKind = (typeof RECONNECTION_MAIL_KINDS)[number];

/** Every kind of mail that is sent. */
export const MAIL_KINDS = [...NEWS_KINDS, ...LINK_MAIL_KINDS, ...RECONNECTION_MAIL_KINDS] as const;

/** A mail's life: owed, taken by a sender, then one of the ends; `unknown`: it may have gone out. */
export const MAIL_STATES = ["queued", "claimed", "sent", "failed", "unknown"] as const;
export type MailState = (typeof MAIL_STATES)[number];
