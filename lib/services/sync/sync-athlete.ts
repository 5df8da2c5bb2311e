import { randomUUID } from "node:crypto";
import { findConnection, updateConnection } from "@/db/queries/connections/connections";
import { findSyncSubject } from "@/db/queries/sync/find-subject";
import { releaseLease, takeLease } from "@/db/queries/sync/lease";
import { listStreamStates, postponeStreams, type StreamStateRow } from "@/db/queries/sync/stream-states";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Stream, StreamId } from "@/lib/polar/streams";
import { requireJob } from "../access/require-job";
import { markNeedsReconnection } from "../connections/mark-needs-reconnection";
import { recordEvents } from "../events/record";
import { parseUnread } from "../payloads/parse";
import { isQuotaTight } from "../rate-budget/forecast";
import { createRun, LEASE_S, LeaseLost, RunPaused, type SyncRun } from "./run";
import { noteFailure, syncStream } from "./stream";
import { findSubject } from "./subject";

export type SyncResult = {
  /** `held`: another run has the athlete and will ask again at its end. */
  outcome: "synced" | "held" | "not-connected" | "needs-reconnection" | "busy";
  synced: StreamId[];
  /** Streams that are worth another try soon; standing problems stay with their stream's state. */
  failed: StreamId[];
  /** When to try again: the failed streams' next turn, or when Polar's quota allows the rest. */
  retryAt: Date | null;
};

/** Reasons behind which a person is waiting. */
const INTERACTIVE = new Set(["connected", "asked", "webhook"]);

/** So many failures in a row are tried again soon; after that the regular cycle does. */
const QUICK_TRIES = 4;

type Progress = SyncResult & { paused: boolean };

function isDue(state: StreamStateRow | undefined, now: number): state is StreamStateRow {
  return state?.nextDueAt != null && state.nextDueAt.getTime() <= now;
}

async function stateOf(run: SyncRun, stream: Stream): Promise<StreamStateRow | undefined> {
  const states = await listStreamStates(run.ctx.db, run.subject.athleteId);
  return states.find((state) => state.stream === stream.id);
}

/** What an error means for the streams after it; true when the run is over. */
async function settleError(
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
    const isOver = await settleRefusal(ctx, { subject: run.subject, error, progress });
    const here = { ...run, ctx };
    if (progress.outcome === "busy") await postpone(here, [stream, ...rest], progress.retryAt);
    else if (!progress.paused) await noteStreamFailure(here, { error, stream, state, progress });
    return isOver;
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

/**
 * What Polar's refusal means for the athlete as a whole: a used-up quota and a dead token end the run (true). A token
 * that was replaced meanwhile says nothing; another run goes on with the new one.
 */
async function settleRefusal(
  ctx: Context,
  input: { subject: { athleteId: string; accessTokenSealed: string }; error: unknown; progress: Progress },
): Promise<boolean> {
  const { subject, error, progress } = input;
  if (!(error instanceof AppError)) return false;
  if (error.code === "polar-busy") {
    progress.outcome = "busy";
    progress.retryAt = error.retryAt ?? null;
    return true;
  }
  if (error.code !== "polar-unauthorised") return false;
  const { athleteId, accessTokenSealed } = subject;
  const marked = await markNeedsReconnection({ ctx, input: { athleteId, accessTokenSealed } });
  if (marked) progress.outcome = "needs-reconnection";
  else progress.paused = true;
  return true;
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

/**
 * In a first sync the nights, which come first, are enough for now when others wait for theirs and Polar's quota does
 * not hold everybody's history: the rest follows in another run.
 */
async function makesWay(run: SyncRun, stream: Stream, first: Set<StreamId>): Promise<boolean> {
  if (first.size === 0 || stream.cadence === "morning") return false;
  first.clear();
  return isQuotaTight(run.ctx);
}

async function syncDueStreams(run: SyncRun, streams: readonly Stream[], progress: Progress): Promise<void> {
  const first = new Set<StreamId>();
  for (const [at, stream] of streams.entries()) {
    const state = await stateOf(run, stream);
    if (!isDue(state, run.stamp().getTime())) continue;
    if (await makesWay(run, stream, first)) {
      progress.paused = true;
      return;
    }
    if (stream.cadence === "morning" && state.backfilledAt === null) first.add(stream.id);
    try {
      await syncStream(run, stream, state);
      progress.synced.push(stream.id);
    } catch (error) {
      const rest = streams.slice(at + 1);
      if (await settleError(run, { error, stream, state, rest, progress })) return;
    }
  }
}

/** The connection as the athlete's streams show it: all read, or some that Polar's consents keep back. */
async function settleConnection(run: SyncRun, ctx: Context, streams: readonly Stream[]): Promise<void> {
  const connection = await findConnection(ctx.db, run.subject.athleteId);
  if (connection?.status !== "active" && connection?.status !== "consent-missing") return;
  const ids = new Set<string>(streams.map((stream) => stream.id));
  const states = (await listStreamStates(ctx.db, run.subject.athleteId)).filter((state) =>
    ids.has(state.stream),
  );
  const held = states
    .filter((state) => state.errorCode === "polar-consent-missing")
    .map((state) => state.stream);
  const isBackfilled = states.length > 0 && states.every((state) => state.backfilledAt !== null);
  const set = {
    status: held.length > 0 ? ("consent-missing" as const) : ("active" as const),
    statusReason: held.length > 0 ? held.join(",") : null,
    backfilledAt: connection.backfilledAt ?? (isBackfilled ? run.stamp() : null),
  };
  await updateConnection(ctx.db, { id: connection.id, set });
}

/** A connection that is not registered at Polar yet is registered first, and may meet the same refusals as a stream. */
async function findOrExplain(ctx: Context, athleteId: string, progress: Progress) {
  const row = await findSyncSubject(ctx.db, athleteId);
  const accessTokenSealed = row?.connection.accessTokenSealed;
  if (!row || !accessTokenSealed) {
    progress.outcome = "not-connected";
    return null;
  }
  try {
    const found = await findSubject(ctx, { ...row, accessTokenSealed });
    if (!found) progress.outcome = "not-connected";
    return found;
  } catch (error) {
    const subject = { athleteId, accessTokenSealed };
    if (!(await settleRefusal(ctx, { subject, error, progress }))) throw error;
    return null;
  }
}

async function syncHeld(ctx: Context, input: { athleteId: string; reason: string; holder: string }) {
  const progress: Progress = { outcome: "synced", synced: [], failed: [], retryAt: null, paused: false };
  const found = await findOrExplain(ctx, input.athleteId, progress);
  if (!found) return progress;
  const priority = INTERACTIVE.has(input.reason) ? "interactive" : "background";
  const run = createRun(ctx, found.subject, { holder: input.holder, priority });
  await parseUnread(ctx, found.subject, run.write);
  if (found.status === "active") {
    await syncDueStreams(run, found.streams, progress);
    await run.write((tx) => settleConnection(run, tx, found.streams));
  }
  return progress;
}

async function release(
  ctx: Context,
  input: { athleteId: string; holder: string; again: boolean },
): Promise<void> {
  const { athleteId, holder } = input;
  await inTransaction(ctx, async (tx) => {
    const { requestedAgain, scoringDue } = await releaseLease(tx.db, { athleteId, holder });
    if (scoringDue) await recordEvents(tx, [{ name: "athlete/day.changed", data: { athleteId } }]);
    if (!requestedAgain && !input.again) return;
    await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked-again" } }]);
  });
}

/**
 * Brings one athlete up to date: under the athlete's lease, each due stream by itself, in the order of the table of
 * streams. A stream's failure touches no other; it is noted with the time of the next try. Jobs only.
 * @throws whatever is not a stream's fault, e.g. a lost database, or `polar-failed` while the athlete is not registered
 * at Polar yet; a job then tries again
 */
export async function syncAthlete({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string; reason: string };
}): Promise<SyncResult> {
  requireJob(ctx);
  const { athleteId, reason } = input;
  const holder = randomUUID();
  const none = { synced: [], failed: [], retryAt: null };
  if (!(await takeLease(ctx.db, { athleteId, holder, ttlS: LEASE_S }))) return { outcome: "held", ...none };
  let again = false;
  try {
    const { paused, ...result } = await syncHeld(ctx, { athleteId, reason, holder });
    again = paused;
    return result;
  } finally {
    await release(ctx, { athleteId, holder, again });
  }
}
