/** Why a value was set aside; each has its words in the message catalogue (`connections.reason`). */
export const REJECT_REASONS = [
  "expected-number",
  "expected-string",
  "expected-boolean",
  "expected-array",
  "expected-object",
  "missing",
  "missing-offset",
  "out-of-range",
  "too-long",
  "not-a-date",
  "not-a-time",
  "not-a-time-of-day",
  "not-a-heart-rate-at-a-time",
  "unknown-value",
  "unknown-sleep-stage",
  "unknown-sample-type",
  "unknown-activity-zone",
  "second-series",
  "more-values",
  "not-as-expected",
  "not-json",
  "no-parser",
  "parser-failed",
  "not-storable",
] as const;

export type RejectReason = (typeof REJECT_REASONS)[number];
