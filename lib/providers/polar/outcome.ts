import { AppError } from "@/lib/errors";
import type { Outcome } from "@/lib/wearables/exchange";

/** 405 and 410 are what Polar answers for a transaction family that it has withdrawn. */
export function isWithdrawn(outcome: Outcome): boolean {
  return outcome.kind === "refused" && (outcome.status === 405 || outcome.status === 410);
}

const UNEXPECTED: Record<Outcome["kind"], string> = {
  content: "had another shape than documented",
  bodiless: "had no body",
  malformed: "was no JSON",
  undocumented: "had a status that is not documented",
  empty: "was empty",
  missing: "was that there is none",
  refused: "was a refusal",
};

/** What to say of an answer that was not understood: neither the documented content nor a documented "nothing". */
export function unexpected(outcome: Outcome, what: string): AppError {
  const status = "status" in outcome ? outcome.status : 404;
  return new AppError(
    "provider-failed",
    `Polar's answer to ${what} ${UNEXPECTED[outcome.kind]} (${status}).`,
  );
}
