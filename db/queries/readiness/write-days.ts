import { getTableColumns, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { readinessDays } from "../../schema/readiness";

export type ReadinessRow = typeof readinessDays.$inferInsert;

const ROWS_PER_STATEMENT = 2_000;
const columns = Object.values(getTableColumns(readinessDays));
const names = sql.raw(columns.map((column) => column.name).join(", "));
const typed = sql.raw(columns.map((column) => `${column.name} ${column.getSQLType()}`).join(", "));
const updates = sql.raw(
  columns
    .filter((column) => column.name !== "athlete_id" && column.name !== "date")
    .map((column) => `${column.name} = excluded.${column.name}`)
    .join(", "),
);

/** Writes scored days, new ones and changed ones alike, many to a statement. */
export async function writeDays(db: Db, rows: readonly ReadinessRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const records = rows.slice(from, from + ROWS_PER_STATEMENT).map(recordOf);
    await db.execute(sql`
      insert into readiness_days (${names})
      select ${names} from json_to_recordset(${JSON.stringify(records)}::text::json) as days(${typed})
      on conflict (athlete_id, date) do update set ${updates}`);
  }
}

const fields = Object.entries(getTableColumns(readinessDays));

function recordOf(row: ReadinessRow): Record<string, unknown> {
  return Object.fromEntries(fields.map(([field, column]) => [column.name, row[field as keyof ReadinessRow]]));
}
