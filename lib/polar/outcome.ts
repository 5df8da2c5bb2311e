/** What AccessLink answered. Refusals that stop the whole stream (401, 403, 429, 5xx, no answer) are thrown instead. */
export type PolarOutcome =
  | { kind: "content"; status: number; text: string; json: unknown }
  /** 204, or a success without a body. */
  | { kind: "empty"; status: number }
  /** 404: no such thing, or no data for the date asked. */
  | { kind: "missing" }
  /** A success whose body looks like JSON and is not. */
  | { kind: "malformed"; status: number; text: string }
  /** Any other 4xx, e.g. 400, 405, 409, 410. */
  | { kind: "refused"; status: number; text: string };
