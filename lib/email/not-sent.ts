/**
 * How sure it is that a mail did not go out: `refused` for good by the server, `not-sent` but worth another try,
 * or `unknown` because the connection broke while the server had the text.
 */
export type Certainty = "refused" | "not-sent" | "unknown";

/** A mail could not be handed to the mail server; `message` is the server's or the network's own. */
export class MailNotSent extends Error {
  override name = "MailNotSent";
  constructor(
    readonly certainty: Certainty,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
