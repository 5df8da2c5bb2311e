import { listStreamStates, postponeStreams, type StreamStateRow } from "@/db/queries/stream-states";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Stream, StreamId } from "@/lib/providers/polar/streams";
import { markNeedsReconnection } from "@/lib/services/connections/reconnection";
import { LeaseLost, RunPaused, type SyncRun } from "./run";
import { isDue } from "./schedule";
import { noteFailure } from "./stream";

export type SyncResult = {
  /** `held`: another run has the athlete and will ask again at its end. */
  outcome: "synced" | "held" | "not-connected" | "needs-reconnection" | "busy";
  synced: StreamId[];
  /** Streams that are worth another try soon; standing problems stay with their stream's state. */
  failed: StreamId[];
  /** When to try again: the failed streams' next turn, or when Polar's quota allows the rest. */
  retryAt: Date | null;
};

/** What a run has come to so far. `paused`: another run goes on. */
export type Progress = SyncResult & { paused: boolean };

/** So many failures in a row are tried again soon; after that the regular cycle does. */
const QUICK_TRIES = 4;

/** What an error means for the streams after it; true when the run is over. */
export async function settleError(
  run: SyncRun,
  input: {
    error: unknown;
    stream: Stream;
    state: StreamStateRow;
    rest: readonly Stream[];
    progress: Progress;
  },
): Promise<boolean> {
  const { error, stream, state, rest, progress } = input;
  if (error instanceof LeaseLost) throw error;
  if (error instanceof RunPaused) {
    progress.paused = true;
    return true;
  }
  // Under the lease: a refusal met because access was ended meanwhile is no failure of the stream.
  return run.write(async (ctx) => {
    const refusal = await settleRefusal(ctx, { subject: run.subject, error, progress });
    const here = { ...run, ctx };
    if (refusal === "busy") await postpone(here, [stream, ...rest], progress.retryAt);
    else if (refusal !== "outdated") await noteStreamFailure(here, { error, stream, state, progress });
    return refusal !== null;
  });
}

async function noteStreamFailure(
  run: SyncRun,
  input: { error: unknown; stream: Stream; state: StreamStateRow; progress: Progress },
): Promise<void> {
  const { error, stream, state, progress } = input;
  const code = error instanceof AppError ? error.code : "internal";
  run.ctx.log.warn(
    { athleteId: run.subject.athleteId, stream: stream.id, code, err: error },
    "a stream failed",
  );
  const nextDueAt = await noteFailure(run, stream, { state, error });
  if (code === "polar-failed" || code === "internal") noteRetry(progress, stream, { state, nextDueAt });
}

/** Why a run is over: the quota is used up, the token is dead, or it was replaced meanwhile and its refusal says nothing. */
type Refusal = "busy" | "dead" | "outdated";

/** What Polar's refusal means for the athlete as a whole; null when it is the stream's alone. */
export async function settleRefusal(
  ctx: Context,
  input: { subject: { athleteId: string; accessTokenSealed: string }; error: unknown; progress: Progress },
): Promise<Refusal | null> {
  const { subject, error, progress } = input;
  if (!(error instanceof AppError)) return null;
  if (error.code === "polar-busy") {
    progress.outcome = "busy";
    progress.retryAt = error.retryAt ?? null;
    return "busy";
  }
  if (error.code !== "polar-unauthorised") return null;
  const { athleteId, accessTokenSealed } = subject;
  if (await markNeedsReconnection({ ctx, input: { athleteId, accessTokenSealed } })) {
    progress.outcome = "needs-reconnection";
    return "dead";
  }
  // Another run goes on with the new one.
  progress.paused = true;
  return "outdated";
}

function noteRetry(
  progress: Progress,
  stream: Stream,
  { state, nextDueAt }: { state: StreamStateRow; nextDueAt: Date },
): void {
  if (state.failures >= QUICK_TRIES) return;
  progress.failed.push(stream.id);
  if (!progress.retryAt || nextDueAt > progress.retryAt) progress.retryAt = nextDueAt;
}

async function postpone(run: SyncRun, streams: readonly Stream[], until: Date | null): Promise<void> {
  const { athleteId } = run.subject;
  const states = await listStreamStates(run.ctx.db, athleteId);
  const now = run.stamp().getTime();
  const due = states.filter(
    (state) => isDue(state, now) && streams.some((stream) => stream.id === state.stream),
  );
  await postponeStreams(run.ctx.db, {
    athleteId,
    streams: due.map((state) => state.stream),
    until: until ?? new Date(now + 60_000),
    errorCode: "polar-busy",
  });
}
