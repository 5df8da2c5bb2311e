import { inTransaction } from "@/db/transaction";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import type { Columns } from "./columns";
import { ReadingInputError } from "./problems";
import { readReadings } from "./read-readings";
import { readTable } from "./read-table";
import { requireWriter } from "./require-reader";
import { storeReadings } from "./store";

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
