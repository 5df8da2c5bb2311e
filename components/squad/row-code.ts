import type { CellValue, RowBase } from "./column";

/** One row on its way: who it is, and by column what its cells are drawn from. */
export type RowDisplay = RowBase & { cells: Readonly<Record<string, CellValue>> };

type Code = { base: { [Key in keyof RowBase]: RowBase[Key][] }; cells: Record<string, CellValue[]> };

/**
 * Writes rows as one text, column by column and without their names: a thousand of them travel with a page, and again
 * with each refresh, and like beside like shrinks best on the wire.
 * @param columns every row has a value for each of them
 */
export function encodeRows(rows: readonly RowDisplay[], columns: readonly string[]): string {
  const of = <T>(value: (row: RowDisplay) => T) => rows.map(value);
  const code: Code = {
    base: {
      id: of(({ id }) => id),
      name: of(({ name }) => name),
      section: of(({ section }) => section),
      level: of(({ level }) => level),
      scored: of(({ scored }) => scored),
    },
    cells: Object.fromEntries(columns.map((id) => [id, of(({ cells }) => cells[id] ?? null)])),
  };
  return JSON.stringify(code);
}

/** The rows of such a text. */
export function decodeRows(text: string): RowDisplay[] {
  const { base, cells } = JSON.parse(text) as Code;
  const columns = Object.entries(cells);
  return base.id.map((id, i) => ({
    id,
    name: base.name[i]!,
    section: base.section[i]!,
    level: base.level[i]!,
    scored: base.scored[i]!,
    cells: Object.fromEntries(columns.map(([column, values]) => [column, values[i]!])),
  }));
}
