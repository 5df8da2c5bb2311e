import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { type Columns, formatOf, guessColumns } from "./columns";
import { readReadings, type TableReadings } from "./read-readings";
import { readTable } from "./read-table";
import { requireWriter } from "./require-reader";

export type TablePreview = TableReadings & {
  headings: string[];
  columns: Columns;
  format: ReturnType<typeof formatOf>;
};

/**
 * What an uploaded table would be stored as, with the given columns or those its headings suggest; nothing is stored.
 * Coaches, and athletes for themselves. @throws ReadingInputError for a text that is no table; AppError `not-found`, `forbidden`
 */
export async function previewTable(of: {
  ctx: Context;
  input: { athleteId: string; text: string; columns?: Columns };
}): Promise<TablePreview> {
  const athlete = await requireWriter(of.ctx, of.input.athleteId);
  const table = readTable(of.input.text);
  const columns = of.input.columns ?? guessColumns(table);
  const today = civilDateIn(of.ctx.now, athlete.timeZone);
  const { headings } = table;
  return { ...readReadings(table, columns, today), headings, columns, format: formatOf(headings) };
}
