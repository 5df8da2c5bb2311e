import { byName, bySection } from "@/lib/alerts/attention";
import type { SquadRow } from "@/lib/services/squads/row";
import { COLUMN_IDS, type ColumnId, columnOf } from "./columns";

/** What a list is sorted by, as addresses name it. */
export type SortKey = ColumnId | "attention";

const COMPARE = new Map(
  COLUMN_IDS.flatMap((id) => {
    const { sort } = columnOf(id);
    return sort ? [[sort.key ?? id, sort.compare] as const] : [];
  }),
);

/** The order that an address asks for; attention where it asks for none that there is. */
export function sortKeyOf(asked: string | undefined): SortKey {
  return [...COMPARE.keys()].find((key) => key === asked) ?? "attention";
}

/** Rows in the order of the page: by section, then by the key, then by name. */
export function inOrder(rows: readonly SquadRow[], key: SortKey): SquadRow[] {
  const compare = COMPARE.get(key) ?? byName;
  return rows.toSorted((a, b) => bySection(a, b) || compare(a, b) || byName(a, b));
}
