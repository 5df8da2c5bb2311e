import { getTableColumns, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/**
 * `(columns) select columns from …`: many rows of a table as one parameter instead of one for each value, to go behind
 * `insert into`. Columns that the first row leaves out take their default.
 * @param rows at least one, all with the same columns
 */
export function rowsFromJson<T extends PgTable>(table: T, rows: readonly T["$inferInsert"][]): SQL {
  const given = rows[0] as Record<string, unknown>;
  const columns = Object.entries(getTableColumns(table) as Record<string, PgColumn>).filter(
    ([name]) => given[name] !== undefined,
  );
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const json = JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(columns.map(([name, column]) => [column.name, (row as typeof given)[name]])),
    ),
  );
  return sql`(${names}) select ${names} from json_populate_recordset(null::${table}, ${json}::text::json)`;
}
