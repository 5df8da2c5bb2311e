/**
 * What AccessLink answered. Refusals that stop the whole stream (401, 403, 429, 5xx, no answer) are thrown instead.
 * Only `empty`, and `missing` where Polar documents it, say that there is nothing; every other answer without the
 * documented content is one that was not understood, and nothing that cannot be undone may follow from it.
 */
export type PolarOutcome =
  | { kind: "content"; status: number; text: string; json: unknown }
  /** 204. */
  | { kind: "empty"; status: 204 }
  /** A success without a body where one is documented for reading; it is the documented answer to a commit. */
  | { kind: "bodiless"; status: number }
  /** 404: no such thing, or no data for the date asked. */
  | { kind: "missing" }
  /** A success whose body looks like JSON and is not. */
  | { kind: "malformed"; status: number; text: string }
  /** A success that Polar documents for no such request, e.g. 202 or 206, whatever its body holds. */
  | { kind: "undocumented"; status: number }
  /** Any other 4xx, e.g. 400, 405, 409, 410. */
  | { kind: "refused"; status: number; text: string };

/** 405 and 410 are what Polar answers for a transaction family that it has withdrawn. */
export function isWithdrawn(outcome: PolarOutcome): boolean {
  return outcome.kind === "refused" && (outcome.status === 405 || outcome.status === 410);
}
