import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { civilDateIn } from "@/lib/time/zone";
import { type Columns, formatOf, guessColumns } from "./columns";
import { requireWriter, storeReadings } from "./keep";
import { ReadingInputError, readReadings, type TableReadings } from "./read-readings";
import { readTable } from "./table";

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

/**
 * Stores the readings of a table, all of them or, with a single bad line, none. The same file again changes nothing.
 * Coaches, and athletes for themselves. @throws ReadingInputError naming lines and fields; AppError `not-found`, `forbidden`
 */
export async function importTable(of: {
  ctx: Context;
  input: { athleteId: string; text: string; columns: Columns };
}): Promise<{ stored: number; unchanged: number }> {
  const athlete = await requireWriter(of.ctx, of.input.athleteId);
  const today = civilDateIn(of.ctx.now, athlete.timeZone);
  const { readings, problems } = readReadings(readTable(of.input.text), of.input.columns, today);
  if (problems.length > 0) throw new ReadingInputError(problems);
  const rows = readings.map(({ line: _line, raw, ...reading }) => ({
    ...reading,
    origin: "csv" as const,
    quality: "unknown" as const,
    acceptedShare: null,
    workoutId: null,
    body: raw,
    createdAt: of.ctx.now,
  }));
  const stored = await inTransaction(of.ctx, (ctx) =>
    storeReadings(ctx, {
      teamId: athlete.teamId,
      athleteId: athlete.id,
      action: "athlete/readings-imported",
      readings: rows,
    }),
  );
  return { stored, unchanged: rows.length - stored };
}
