import { SECTIONS } from "@/lib/alerts/morning";
import { LEVELS } from "@/lib/readiness/types";
import type { SquadRow } from "./view-model";

/** What a list can be sorted by, always within its sections. */
export const SORT_KEYS = ["attention", "name", "z", "load", "received"] as const;
export type SortKey = (typeof SORT_KEYS)[number];

const compare = {
  attention: (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || numbers(a.z, b.z),
  name: (a, b) => a.name.localeCompare(b.name),
  z: (a, b) => numbers(a.z, b.z),
  load: (a, b) => numbers(b.load.changePercent, a.load.changePercent),
  received: (a, b) => numbers(b.receivedAtMs, a.receivedAtMs),
} satisfies Record<SortKey, (a: SquadRow, b: SquadRow) => number>;

/** Rows in the order of the page: by section, then by the key, then by name. */
export function inOrder(rows: readonly SquadRow[], key: SortKey): SquadRow[] {
  return rows.toSorted(
    (a, b) =>
      SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) ||
      compare[key](a, b) ||
      a.name.localeCompare(b.name),
  );
}

// What is not known comes last, whichever way the rest is sorted.
function numbers(a: number | null, b: number | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a - b;
}
