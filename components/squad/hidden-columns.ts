import { COLUMN_IDS, type ColumnId, columnOf } from "./columns";

/** Columns that can be hidden; who it is, how it stands and what to do always show. */
export const HIDEABLE: readonly ColumnId[] = COLUMN_IDS.filter((id) => columnOf(id).choice === "open");

/** The columns a browser hides, from the value of its cookie; what it does not know counts as shown. */
export function hiddenColumns(kept: string | undefined): ColumnId[] {
  const names = kept?.split(".") ?? [];
  return HIDEABLE.filter((column) => names.includes(column));
}

/** The value of the cookie when these columns were chosen to show; empty when all are. */
export function keepHidden(shown: readonly unknown[]): string {
  return HIDEABLE.filter((column) => !shown.includes(column)).join(".");
}
