import { findAthleteInSquad } from "@/db/queries/athletes";
import type { NewMorningReading } from "@/db/queries/readings";
import { findUploadForJob, finishUpload, type UploadRow } from "@/db/queries/uploads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import {
  type MorningReading,
  morningReading,
  type QualityReason,
  REDUCTION_VERSION,
  type RecordingQuality,
  type Timing,
} from "@/lib/hrv/morning-reading";
import { requireCan } from "@/lib/services/access/require";
import { beginOwedWork, recordEvents } from "@/lib/services/events/outbox";
import { recordJobFailure } from "@/lib/services/jobs/failures";
import { storeReadings } from "./keep";
import { ReadingInputError, type ReadingProblem } from "./read-readings";
import { type RrFile, readRr } from "./read-rr";
import { textOf } from "./table";

/** What a recording was reduced to; a rejected one is not stored. */
export type ReadRecording = {
  rmssdMs: number;
  heartRateBpm: number;
  acceptedShare: number;
  coverage: number | null;
  quality: RecordingQuality;
  reasons: QualityReason[];
  beats: number;
  /** Heading of the column that was read; null where there is none. */
  column: string | null;
};

export type UploadOutcome =
  | { kind: "reading"; reading: ReadRecording }
  /** With headings where a person has to choose a column. */
  | { kind: "refused"; problems: readonly ReadingProblem[]; headings: readonly string[] };

/**
 * Reads an uploaded RR file, stores the reading of its day unless the recording is rejected, and has the athlete scored.
 * What cannot be read is an outcome, not an error. Jobs only; may be repeated.
 */
export async function readUpload(of: {
  ctx: Context;
  input: { uploadId: string };
}): Promise<{ done: string }> {
  requireCan(of.ctx, "jobs.run");
  const { uploadId } = of.input;
  const work = await beginOwedWork(of.ctx, { event: "reading/uploaded", subject: uploadId });
  const done = await read(of);
  await work.done(of.ctx);
  return done;
}

async function read(of: { ctx: Context; input: { uploadId: string } }): Promise<{ done: string }> {
  const { uploadId } = of.input;
  const upload = await findUploadForJob(of.ctx.db, uploadId);
  if (!upload?.file || upload.state !== "waiting") return { done: "nothing" };
  const { teamId, athleteId } = upload;
  const athlete = await findAthleteInSquad(of.ctx.db, { teamId, athleteId });
  // Nothing is read of an athlete who has stopped sharing meanwhile.
  if (!athlete || athlete.stoppedAt) {
    await finishUpload(of.ctx.db, { uploadId, state: "failed", outcome: null, file: "dropped" });
    return { done: "nothing" };
  }
  const bytes = Buffer.from(upload.file, "base64");
  const found = understood(bytes, upload.column);
  await inTransaction(of.ctx, async (ctx) => {
    if (found.kind === "reading" && found.reading.quality !== "rejected")
      await store(ctx, upload, bytes, found.figures);
    const { kind } = found;
    const outcome = kind === "reading" ? { kind, reading: found.reading } : found;
    const hasToChoose = kind === "refused" && found.headings.length > 0;
    await finishUpload(ctx.db, { uploadId, state: "read", outcome, file: hasToChoose ? "kept" : "dropped" });
  });
  return { done: found.kind };
}

/** Ends a reading that failed for good: the page says so, and the operator sees why. Jobs only. */
export async function giveUpUpload(of: {
  ctx: Context;
  input: { uploadId: string; functionId: string; error: string };
}): Promise<void> {
  requireCan(of.ctx, "jobs.run");
  const { uploadId, functionId, error } = of.input;
  const work = await beginOwedWork(of.ctx, { event: "reading/uploaded", subject: uploadId });
  await inTransaction(of.ctx, async (ctx) => {
    await finishUpload(ctx.db, { uploadId, state: "failed", outcome: null, file: "dropped" });
    await recordJobFailure({ ctx, input: { functionId, subjectId: null, error } });
    await work.done(ctx);
  });
}

type Figures = NonNullable<ReturnType<typeof reduceRr>>["figures"];

type Understood =
  | { kind: "reading"; reading: ReadRecording; figures: Figures }
  | Extract<UploadOutcome, { kind: "refused" }>;

function understood(bytes: Uint8Array, column: number | null): Understood {
  try {
    return reduced(readRr(bytes, column === null ? undefined : { rr: column }));
  } catch (error) {
    if (!(error instanceof ReadingInputError)) throw error;
    return { kind: "refused", problems: error.problems, headings: error.headings };
  }
}

function reduced({ rrMs, timing, columns }: RrFile): Understood {
  const result = reduceRr(rrMs, timing);
  if (result === null)
    return { kind: "refused", problems: [{ line: null, field: "rr", problem: "too-few" }], headings: [] };
  const { figures, beats, reasons } = result;
  const reading = {
    rmssdMs: figures.rmssdMs,
    heartRateBpm: figures.heartRateBpm ?? 0,
    acceptedShare: figures.acceptedShare ?? 0,
    coverage: timing.coverage,
    quality: figures.quality,
    reasons,
    beats,
    column: typeof columns.rr === "string" ? columns.rr : null,
  };
  return { kind: "reading", reading, figures };
}

async function store(ctx: Context, upload: UploadRow, bytes: Uint8Array, figures: Figures): Promise<void> {
  const { teamId, athleteId, date } = upload;
  if (date === null) return;
  const body = textOf(bytes);
  const changed = await storeReadings(ctx, {
    teamId,
    athleteId,
    action: "athlete/rr-file-imported",
    readings: [
      {
        date,
        origin: "rr-file",
        ...figures,
        workoutId: null,
        rrHash: REDUCTION_VERSION,
        body,
        createdAt: ctx.now,
      },
    ],
  });
  if (changed > 0) await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
}

type Stored = Pick<NewMorningReading, "rmssdMs" | "sdnnMs" | "heartRateBpm" | "acceptedShare"> & {
  quality: MorningReading["quality"];
};

type Reduced = { figures: Stored; beats: number; reasons: QualityReason[] };

/** RR intervals in ms reduced to what is stored; null where not even a figure comes out. */
export function reduceRr(rrMs: readonly number[], timing: Timing): Reduced | null {
  if (rrMs.length < 2) return null;
  const { rmssdMs, sdnnMs, meanHrBpm, acceptedShare, quality, beats, reasons } = morningReading(rrMs, timing);
  if (rmssdMs === null) return null;
  return { figures: { rmssdMs, sdnnMs, heartRateBpm: meanHrBpm, acceptedShare, quality }, beats, reasons };
}

/** A synced recording: where a beat was lost there is no interval, and none is bridged. */
export function reduceSamples(values: readonly (number | null)[]): Reduced | null {
  const rrMs: number[] = [];
  const afterGap = new Set<number>();
  let isLost = false;
  for (const value of values) {
    if (value !== null && value > 0) {
      if (isLost && rrMs.length > 0) afterGap.add(rrMs.length);
      rrMs.push(value);
    }
    isLost = value === null || value <= 0;
  }
  return reduceRr(rrMs, { coverage: null, afterGap });
}
