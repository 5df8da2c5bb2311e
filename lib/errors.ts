/** Everything a service may refuse with. Transports translate codes; unknown errors show a request id only. */
export type ErrorCode =
  | "bad-input"
  | "not-found"
  | "forbidden"
  | "not-signed-in"
  /** Signed in too long ago for what was asked. */
  | "sign-in-again"
  | "conflict"
  | "link-ended"
  | "too-many"
  | "polar-unauthorised"
  | "polar-consent-missing"
  | "polar-busy"
  | "polar-failed"
  /** Polar opens transactions and lists nothing in them. */
  | "polar-empty"
  /** Polar has news and opens no transaction for it. */
  | "polar-withholds"
  /** Polar's transactions end before they can be read. */
  | "polar-lapses";

/** A refusal a person can act on: `message` says what happened and what to do next and never holds health values. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Name of the offending input field, where there is one. */
  readonly field: string | undefined;
  /** When a retry makes sense, for `polar-busy` and `too-many`. */
  readonly retryAt: Date | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { field?: string; retryAt?: Date; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = "AppError";
    this.code = code;
    this.field = more.field;
    this.retryAt = more.retryAt;
  }
}
