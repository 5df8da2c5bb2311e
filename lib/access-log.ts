/** What somebody looked at of an athlete, or changed of what the athlete relies on: the access log's words. */
export const LOOKS = [
  "squad-view",
  "athlete-page",
  "workout",
  "raw-payload",
  "export",
  "mail",
  "heatmap",
  "analysis",
  "address-proposed",
  "address-changed",
  "squad-changed",
  "opened-by-mail",
  "opened-by-account",
] as const;
export type LookKind = (typeof LOOKS)[number];

/** Who looked. */
export const LOOKERS = ["coach", "athlete", "system"] as const;
