import { z } from "zod";
import {
  chooseUploadColumn,
  countUploads,
  findLatestUpload,
  findUpload,
  insertUpload,
  type UploadRow,
} from "@/db/queries/uploads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { parseInput, requireCan } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { requireWriter } from "./keep";
import { ReadingInputError } from "./read-readings";
import type { UploadOutcome } from "./recordings";

/** Uploads a person may make in an hour, tables and recordings together: a squad's morning twice over. */
export const UPLOADS_PER_HOUR = 60;

/** Largest upload of readings, in bytes: ten years of mornings with every column an app exports. */
export const LARGEST_UPLOAD = 700_000;

const HOUR_MS = 3_600_000;

export type Upload =
  | { state: "waiting" | "failed"; id: string; date: string }
  | { state: "read"; id: string; date: string; outcome: UploadOutcome };

type Person = { teamId: string; athleteId: string; personId: string };

const recordingInput = z.object({
  athleteId: z.string(),
  date: z.string().refine(isCivilDate),
  bytes: z.instanceof(Uint8Array),
});

/**
 * Takes an RR file to be read by a job; `findRecording` says what came of it. Coaches, and athletes for themselves.
 * @throws ReadingInputError for a day to come and a file too large; AppError `too-many` with the time of the next try,
 * `bad-input`, `not-found`, `forbidden`
 */
export async function uploadRecording(of: {
  ctx: Context;
  input: z.input<typeof recordingInput>;
}): Promise<{ uploadId: string }> {
  requireCan(of.ctx, "readings.write");
  const { athleteId, date, bytes } = parseInput(recordingInput, of.input);
  const { person, timeZone } = await personOf(of.ctx, athleteId);
  if (date > civilDateIn(of.ctx.now, timeZone)) refuse("date", "in-the-future");
  if (bytes.length > LARGEST_UPLOAD) refuse("file", "too-large");
  if (bytes.length === 0) refuse("file", "empty");
  return inTransaction(of.ctx, async (ctx) => {
    await requireRoom(ctx, person);
    const file = Buffer.from(bytes).toString("base64");
    const upload = {
      ...person,
      kind: "recording",
      state: "waiting",
      date,
      file,
      uploadedAt: ctx.now,
    } as const;
    const uploadId = await insertUpload(ctx.db, upload);
    const { teamId } = person;
    await recordAudit(ctx, { teamId, action: "athlete/rr-file-uploaded", subjectId: athleteId });
    await recordEvents(ctx, [{ name: "reading/uploaded", data: { uploadId } }]);
    return { uploadId };
  });
}

const choiceInput = z.object({
  athleteId: z.string(),
  uploadId: z.uuid(),
  column: z.number().int().min(0).max(999),
});

/**
 * Says which column of an uploaded file holds the intervals and has it read again. Whoever uploaded it.
 * @throws AppError `bad-input`, `not-found`, `forbidden`
 */
export async function chooseColumn(of: { ctx: Context; input: z.input<typeof choiceInput> }): Promise<void> {
  requireCan(of.ctx, "readings.write");
  const { athleteId, uploadId, column } = parseInput(choiceInput, of.input);
  const { person } = await personOf(of.ctx, athleteId);
  await inTransaction(of.ctx, async (ctx) => {
    if (!(await chooseUploadColumn(ctx.db, { ...person, uploadId, column })))
      throw new AppError("not-found", "This file is not there any more. Upload it again.");
    await recordEvents(ctx, [{ name: "reading/uploaded", data: { uploadId } }]);
  });
}

/**
 * What became of a recording: the one named, or the latest of the last hour; null without one. Whoever uploaded it.
 * @throws AppError `not-found`, `forbidden`
 */
export async function findRecording(of: {
  ctx: Context;
  input: { athleteId: string; uploadId?: string };
}): Promise<Upload | null> {
  const { athleteId, uploadId } = of.input;
  const { person } = await personOf(of.ctx, athleteId);
  const since = new Date(of.ctx.now.getTime() - HOUR_MS);
  const row = uploadId
    ? await findUpload(of.ctx.db, { ...person, uploadId })
    : await findLatestUpload(of.ctx.db, { ...person, since });
  return row ? uploadOf(row) : null;
}

/** Counts a table against its person's hour. @throws AppError `too-many`, `not-found`, `forbidden` */
export async function countTable(of: { ctx: Context; input: { athleteId: string } }): Promise<void> {
  const { person } = await personOf(of.ctx, of.input.athleteId);
  await inTransaction(of.ctx, async (ctx) => {
    await requireRoom(ctx, person);
    await insertUpload(ctx.db, { ...person, kind: "table", state: "read", uploadedAt: ctx.now });
  });
}

async function personOf(ctx: Context, athleteId: string): Promise<{ person: Person; timeZone: string }> {
  const { teamId, timeZone } = await requireWriter(ctx, athleteId);
  const { actor } = ctx;
  const personId = actor.kind === "coach" ? actor.userId : athleteId;
  return { person: { teamId, athleteId, personId }, timeZone };
}

async function requireRoom(ctx: Context, { personId }: Person): Promise<void> {
  const since = new Date(ctx.now.getTime() - HOUR_MS);
  const { uploads, firstAt } = await countUploads(ctx.db, { personId, since });
  if (uploads < UPLOADS_PER_HOUR || firstAt === null) return;
  const retryAt = new Date(firstAt.getTime() + HOUR_MS);
  const message = `You have uploaded ${UPLOADS_PER_HOUR} files within an hour. Try again a little later.`;
  throw new AppError("too-many", message, { retryAt });
}

function uploadOf({ id, date, state, outcome }: Omit<UploadRow, "file">): Upload {
  const known = { id, date: date ?? "" };
  if (state !== "read") return { ...known, state };
  return { ...known, state, outcome: outcome as UploadOutcome };
}

function refuse(field: "date" | "file", problem: "in-the-future" | "too-large" | "empty"): never {
  throw new ReadingInputError([{ line: null, field, problem }]);
}
