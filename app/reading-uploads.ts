import { z } from "zod";
import { chosen, file, readForm, text } from "@/app/form";
import type { RrState, ShownPreview, TableState } from "@/components/readings/states";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { type Columns, DATE_ORDERS } from "@/lib/services/readings/columns";
import { importTable, previewTable, type TablePreview } from "@/lib/services/readings/import-table";
import { ReadingInputError } from "@/lib/services/readings/read-readings";
import { textOf } from "@/lib/services/readings/table";
import {
  chooseColumn,
  countTable,
  findRecording,
  LARGEST_UPLOAD,
  UPLOADS_PER_HOUR,
  uploadRecording,
} from "@/lib/services/readings/uploads";

const SHOWN_READINGS = 8;
const SHOWN_PROBLEMS = 20;

type Upload = { ctx: Context; athleteId: string; form: FormData };

const column = text.transform((value) => (/^\d{1,3}$/.test(value) ? Number(value) : null));

const tableFields = z.object({ do: text, file, dateOrder: text });

/** The text of a table that was looked at before; "" when none was. */
const lookedAt = z
  .object({ preview: z.object({ text: z.string() }) })
  .transform(({ preview }) => preview.text)
  .catch("");

const columnsFields = z.object({
  date: column,
  rmssdMs: column,
  heartRateBpm: column,
  sdnnMs: column,
  dateOrder: chosen(DATE_ORDERS).catch("day-month"),
});

const recordingFields = z.object({ uploadId: text, column, date: text, file });

/**
 * What a posted table would be stored as, or that it was stored. Its text comes back with the state of before, and not
 * in the form besides: together they would be twice as large as the file.
 */
export async function takeTable(upload: Upload & { before: TableState }): Promise<TableState> {
  const { ctx, athleteId, form } = upload;
  const posted = readForm(tableFields, form);
  if (posted.do === "cancel") return { kind: "idle" };
  const columns: Columns | undefined = posted.dateOrder ? readForm(columnsFields, form) : undefined;
  try {
    await countTable({ ctx, input: { athleteId } });
    const content = posted.file ? textOf(await bytesOf(posted.file)) : lookedAt.parse(upload.before);
    const input = { athleteId, text: content, columns };
    if (posted.do === "store" && columns)
      return { kind: "stored", ...(await importTable({ ctx, input: { ...input, columns } })) };
    return { kind: "preview", preview: shown(await previewTable({ ctx, input }), content) };
  } catch (error) {
    return refused(error, ctx.now);
  }
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size > LARGEST_UPLOAD)
    throw new ReadingInputError([{ line: null, field: "file", problem: "too-large" }]);
  return new Uint8Array(await file.arrayBuffer());
}

/** Takes one posted RR file, or the choice of its column; a job reads it. */
export async function takeRr({ ctx, athleteId, form }: Upload): Promise<RrState> {
  const posted = readForm(recordingFields, form);
  const { uploadId, date } = posted;
  try {
    if (uploadId !== "") {
      // Nothing chosen is no column: the question stays.
      if (posted.column !== null)
        await chooseColumn({ ctx, input: { athleteId, uploadId, column: posted.column } });
      return await recordingState({ ctx, athleteId, uploadId });
    }
    const bytes = posted.file ? await bytesOf(posted.file) : new Uint8Array();
    const taken = await uploadRecording({ ctx, input: { athleteId, date, bytes } });
    return { kind: "upload", upload: { state: "waiting", id: taken.uploadId, date } };
  } catch (error) {
    return refused(error, ctx.now);
  }
}

/** What became of an uploaded recording; without an id the latest of this hour. */
export async function recordingState(of: {
  ctx: Context;
  athleteId: string;
  uploadId?: string;
}): Promise<RrState> {
  const { ctx, ...input } = of;
  const upload = await findRecording({ ctx, input });
  return upload ? { kind: "upload", upload } : { kind: "idle" };
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

function refused(error: unknown, now: Date) {
  if (error instanceof ReadingInputError)
    return { kind: "refused" as const, problems: error.problems.slice(0, SHOWN_PROBLEMS) };
  if (error instanceof AppError)
    return { kind: "failed" as const, code: error.code, wait: waitOf(error, now) };
  throw error;
}

function waitOf({ code, retryAt }: AppError, now: Date): { n: number; minutes: number } | null {
  if (code !== "too-many" || retryAt === undefined) return null;
  return {
    n: UPLOADS_PER_HOUR,
    minutes: Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 60_000)),
  };
}
