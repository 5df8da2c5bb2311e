import { z } from "zod";
import type { RrState, ShownPreview, TableState } from "@/components/readings/states";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Columns } from "@/lib/services/readings/columns";
import { importRr } from "@/lib/services/readings/import-rr";
import { importTable } from "@/lib/services/readings/import-table";
import { previewTable, type TablePreview } from "@/lib/services/readings/preview-table";
import { ReadingInputError } from "@/lib/services/readings/problems";

const SHOWN_READINGS = 8;
const SHOWN_PROBLEMS = 20;

/** Largest upload of readings, in bytes: ten years of mornings with every column an app exports. */
export const LARGEST_FILE = 700_000;

type Upload = { ctx: Context; athleteId: string; form: FormData };

const text = (form: FormData, name: string) => String(form.get(name) ?? "");

const column = z
  .string()
  .regex(/^\d{0,3}$/)
  .catch("")
  .transform((value) => (value === "" ? null : Number(value)));

const columnsForm = z.object({
  date: column,
  rmssdMs: column,
  heartRateBpm: column,
  sdnnMs: column,
  dateOrder: z.enum(["day-month", "month-day"]).catch("day-month"),
});

/** What a posted table would be stored as, or that it was stored. */
export async function takeTable({ ctx, athleteId, form }: Upload): Promise<TableState> {
  const wanted = text(form, "do");
  if (wanted === "cancel") return { kind: "idle" };
  const file = form.get("file");
  const content = file instanceof File ? await file.text() : text(form, "text");
  const columns: Columns | undefined = form.has("dateOrder")
    ? columnsForm.parse(Object.fromEntries(form))
    : undefined;
  const input = { athleteId, text: content, columns };
  try {
    if (wanted === "store" && columns)
      return { kind: "stored", ...(await importTable({ ctx, input: { ...input, columns } })) };
    return { kind: "preview", preview: shown(await previewTable({ ctx, input }), content) };
  } catch (error) {
    return refused(error);
  }
}

/** What became of one posted RR file. */
export async function takeRr({ ctx, athleteId, form }: Upload): Promise<RrState> {
  const file = form.get("file");
  const date = text(form, "date");
  const input = { athleteId, date, text: file instanceof File ? await file.text() : "" };
  try {
    return { kind: "stored", date, reading: await importRr({ ctx, input }) };
  } catch (error) {
    return refused(error);
  }
}

function shown(preview: TablePreview, content: string): ShownPreview {
  return {
    ...preview,
    text: content,
    readings: preview.readings.slice(-SHOWN_READINGS).toReversed(),
    count: preview.readings.length,
    problems: preview.problems.slice(0, SHOWN_PROBLEMS),
    problemCount: preview.problems.length,
  };
}

function refused(error: unknown) {
  if (error instanceof ReadingInputError)
    return { kind: "refused" as const, problems: error.problems.slice(0, SHOWN_PROBLEMS) };
  if (error instanceof AppError) return { kind: "failed" as const, code: error.code };
  throw error;
}
