import { RULE_VERSION } from "@/lib/readiness/rule-version";

/** The stored key of a back-test: the same days of another squad, or under another rule version, are another one. */
export function backtestKey(of: { squadId: string; inputHash: string }): {
  squadId: string;
  inputHash: string;
} {
  return { squadId: of.squadId, inputHash: `${of.squadId}/${RULE_VERSION}/${of.inputHash}` };
}
