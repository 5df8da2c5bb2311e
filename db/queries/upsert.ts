import { getTableColumns, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";

const BATCH = 200;

const list = (parts: readonly SQLWrapper[]) => sql.join([...parts], sql`, `);

const excluded = (column: PgColumn) => sql.raw(`excluded."${column.name}"`);

/** Type json has no equality; its text, which is stored as it came, has. */
const comparable = (column: PgColumn, value: SQLWrapper): SQL =>
  column.columnType === "PgJson" ? sql`${value}::text` : sql`${value}`;

type UpsertRule = {
  /** Columns that identify a row. */
  key: readonly string[];
  /** Columns that say where a row comes from: they neither count as a change nor move without one. */
  provenance: readonly string[];
};

/** Writes rows as `upsertRowsForKeys` does. @returns how many are new or changed */
export async function upsertRows<T extends PgTable>(
  db: Db,
  table: T,
  rows: readonly T["$inferInsert"][],
  rule: UpsertRule,
): Promise<number> {
  return (await upsertRowsForKeys(db, table, rows, rule)).length;
}

/**
 * Writes rows of one table, touching only those whose values differ.
 * @param rows at most one per key
 * @returns the key columns, by their name in the table, of rows that are new or changed
 */
export async function upsertRowsForKeys<T extends PgTable>(
  db: Db,
  table: T,
  rows: readonly T["$inferInsert"][],
  rule: UpsertRule,
): Promise<Record<string, unknown>[]> {
  const all = getTableColumns(table) as Record<string, PgColumn>;
  const columns = Object.entries(all);
  const values = columns.filter(([name]) => !rule.key.includes(name) && !rule.provenance.includes(name));
  const provenance = columns.filter(([name]) => rule.provenance.includes(name) && name !== "receivedAt");
  const set = [...values, ...provenance].map(
    ([, column]) => sql`${sql.identifier(column.name)} = ${excluded(column)}`,
  );
  const target = rule.key.map((name) => sql.identifier((all[name] as PgColumn).name));
  const before = values.map(([, column]) => comparable(column, column));
  const after = values.map(([, column]) => comparable(column, excluded(column)));
  const written: Record<string, unknown>[] = [];
  for (let at = 0; at < rows.length; at += BATCH) {
    const some = await db.execute(sql`
      insert into ${table} ${rowsFromJson(table, rows.slice(at, at + BATCH))}
      on conflict (${list(target)}) do update set ${list(set)}
      where (${list(before)}) is distinct from (${list(after)})
      returning ${list(rule.key.map((name) => all[name] as PgColumn))}`);
    written.push(...some);
  }
  return written;
}

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
