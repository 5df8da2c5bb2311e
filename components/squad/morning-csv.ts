import { csvOf } from "@/lib/csv";
import type { SquadRow } from "@/lib/services/squads/row";
import type { SquadView } from "@/lib/services/squads/view-model";
import { COLUMN_IDS, columnOf } from "./columns";

/** One morning of a squad, one line per athlete: all columns, whatever the browser hides. */
export function morningCsv(view: SquadView, rows: readonly SquadRow[]): string {
  const columns = COLUMN_IDS.flatMap((id) => Object.entries(columnOf(id).csv));
  return csvOf(
    columns.map(([heading]) => heading),
    rows.map((row) => columns.map(([, cellOf]) => cellOf(row, view))),
  );
}
