import type { Level } from "./types";

/** All levels in the order in which they ask for attention: the squad's rows, its tiles, filters and number keys. */
export const LEVEL_ORDER = [
  "recovery",
  "flag",
  "unexplained",
  "watch",
  "no-verdict",
  "high",
  "steady",
] as const satisfies readonly Level[];
