/**
 * How sure it is that a mail did not go out: `refused` for good by the server, `not-sent` but worth another try,
 * or `unknown` because the connection broke while the server had the text.
 */
export type Certainty = "refused" | "not-sent" | "unknown";

const LONGEST_MESSAGE = 1_000;

/** A mail could not be handed to the mail server; `message` is the server's or the network's own, as it can be kept. */
export class MailNotSent extends Error {
  override name = "MailNotSent";
  constructor(
    readonly certainty: Certainty,
    cause: unknown,
  ) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(
      said
        .replace(/\p{Cc}+/gu, " ")
        .slice(0, LONGEST_MESSAGE)
        .toWellFormed(),
      { cause },
    );
  }
}
