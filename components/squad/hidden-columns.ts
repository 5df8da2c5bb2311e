/** Columns of the squad table that can be hidden; who it is, how it stands and what to do always show. */
export const COLUMNS = [
  "hrv",
  "own",
  "z",
  "nights",
  "trend",
  "load",
  "resting",
  "sleep",
  "recharge",
  "received",
] as const;

export type Column = (typeof COLUMNS)[number];

/** The columns a browser hides, from the value of its cookie; what it does not know counts as shown. */
export function hiddenColumns(kept: string | undefined): Column[] {
  const names = kept?.split(".") ?? [];
  return COLUMNS.filter((column) => names.includes(column));
}

/** The value of the cookie when these columns were chosen to show; empty when all are. */
export function keepHidden(shown: readonly unknown[]): string {
  return COLUMNS.filter((column) => !shown.includes(column)).join(".");
}
