/** The part of a mail that is sealed until it was sent. */
export type MailBody = { html: string; text: string; headers?: Record<string, string> };

/** Purpose of the key that seals it. */
export const MAIL_PURPOSE = "mail";
