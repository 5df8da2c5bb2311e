import { randomUUID } from "node:crypto";
import { findConnection, updateConnection } from "@/db/queries/connections";
import { releaseLease, takeLease } from "@/db/queries/leases";
import { listStreamStates, type StreamStateRow } from "@/db/queries/stream-states";
import { findSyncSubject } from "@/db/queries/sync-due";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireCan } from "@/lib/services/access/require";
import { mailMissingConsent } from "@/lib/services/connections/reconnection";
import { beginOwedWork, recordEvents } from "@/lib/services/events/outbox";
import { parseUnread } from "@/lib/services/payloads/parse";
import { isQuotaTight } from "@/lib/services/provider/budget";
import type { Stream, StreamId } from "@/lib/wearables/stream";
import { type Progress, type SyncResult, settleError, settleRefusal } from "./errors";
import { createRun, LEASE_S, type SyncRun } from "./run";
import { isDue } from "./schedule";
import { syncStream } from "./stream";
import { findSubject } from "./subject";
import { firstTarget } from "./window-stream";

/** The connection as the athlete's streams show it: all read, or some that the provider's consents keep back. */
async function settleConnection(run: SyncRun, ctx: Context, streams: readonly Stream[]): Promise<void> {
  const connection = await findConnection(ctx.db, run.subject.athleteId);
  if (connection?.status !== "active" && connection?.status !== "consent-missing") return;
  const ids = new Set<string>(streams.map((stream) => stream.id));
  const states = (await listStreamStates(ctx.db, run.subject)).filter((state) => ids.has(state.stream));
  const held = states
    .filter((state) => state.errorCode === "provider-consent-missing")
    .map((state) => state.stream);
  const isBackfilled = states.length > 0 && states.every((state) => state.backfilledAt !== null);
  const set = {
    status: held.length > 0 ? ("consent-missing" as const) : ("active" as const),
    statusReason: held.length > 0 ? held.join(",") : null,
    backfilledAt: connection.backfilledAt ?? (isBackfilled ? run.stamp() : null),
  };
  await updateConnection(ctx.db, { id: connection.id, set });
  if (held.length > 0)
    await mailMissingConsent(ctx, { athleteId: run.subject.athleteId, connectionId: connection.id });
}

/** A connection that is not registered yet is registered first, and may meet the same refusals as a stream. */
async function findOrExplain(ctx: Context, athleteId: string, progress: Progress) {
  const row = await findSyncSubject(ctx.db, athleteId);
  if (!row) {
    progress.outcome = "not-connected";
    return null;
  }
  try {
    const found = await findSubject(ctx, row);
    if (!found) progress.outcome = "not-connected";
    return found;
  } catch (error) {
    const subject = { athleteId, accessTokenSealed: row.accessTokenSealed };
    if (!(await settleRefusal(ctx, { subject, error, progress }))) throw error;
    return null;
  }
}

async function syncHeld(ctx: Context, input: { athleteId: string; reasons: string[]; holder: string }) {
  const progress: Progress = { outcome: "synced", synced: [], failed: [], retryAt: null, paused: false };
  const found = await findOrExplain(ctx, input.athleteId, progress);
  if (!found) return progress;
  const priority = input.reasons.includes("asked") && !found.isFirst ? "asked" : "background";
  const run = createRun(ctx, found, { holder: input.holder, priority });
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
 * @throws whatever is not a stream's fault, e.g. a lost database, or `provider-failed` while the athlete is not
 * registered yet; a job then tries again
 */
export async function syncAthlete({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string; reason: string };
}): Promise<SyncResult> {
  requireCan(ctx, "jobs.run");
  const { athleteId, reason } = input;
  const holder = randomUUID();
  const none = { synced: [], failed: [], retryAt: null };
  const work = await beginOwedWork(ctx, { event: "athlete/sync.requested", subject: athleteId });
  const lease = await takeLease(ctx.db, { athleteId, holder, ttlS: LEASE_S });
  if (lease !== "taken") {
    // A held lease knows that it was asked for: its holder asks again, or the sweep once it has run out.
    await work.done(ctx);
    return { outcome: lease === "held" ? "held" : "not-connected", ...none };
  }
  const reasons = [reason, work.asked?.reason ?? reason];
  let again = false;
  try {
    const { paused, ...result } = await syncHeld(ctx, { athleteId, reasons, holder });
    again = paused;
    // Of somebody who is not connected nothing comes: the sweep asks ever more rarely.
    if (result.outcome !== "not-connected") await work.done(ctx);
    return result;
  } finally {
    await release(ctx, { athleteId, holder, again });
  }
}

type States = ReadonlyMap<string, StreamStateRow>;

async function statesOf(run: SyncRun): Promise<States> {
  const states = await listStreamStates(run.ctx.db, run.subject);
  return new Map(states.map((state) => [state.stream, state]));
}

/** Begins what the next due stream asks for first, while this one's answers are being written. */
function foreseeNext(run: SyncRun, turn: Turn, first: Set<StreamId>): void {
  const nowMs = run.stamp().getTime();
  const next = turn.rest.find((stream) => isDue(turn.states.get(stream.id), nowMs));
  const state = next && turn.states.get(next.id);
  if (!state || next.delivery !== "window") return;
  // After the nights of a first sync it is asked first whether there is quota for the rest.
  if (first.size > 0 && next.cadence !== "morning") return;
  const target = firstTarget(run, next, state);
  if (target) run.foresee(target);
}

/**
 * In a first sync the nights, which come first, are enough for now when others wait for theirs and the quota does
 * not hold everybody's history: the rest follows in another run.
 */
async function makesWay(run: SyncRun, stream: Stream, first: Set<StreamId>): Promise<boolean> {
  if (first.size === 0 || stream.cadence === "morning") return false;
  first.clear();
  return isQuotaTight(run.ctx, run.connector);
}

type Turn = { stream: Stream; state: StreamStateRow; states: States; rest: readonly Stream[] };

type Reading = Turn & { brought: boolean; failure: Promise<{ error: unknown } | null> };

function failureOf(work: Promise<void>): Promise<{ error: unknown } | null> {
  return work.then(
    () => null,
    (error: unknown) => ({ error }),
  );
}

/** The end of a stream's reading; true when the run is over. */
async function settleReading(run: SyncRun, reading: Reading | null, progress: Progress): Promise<boolean> {
  if (!reading) return false;
  const failed = await reading.failure;
  if (failed) return settleError(run, { ...reading, ...failed, progress });
  if (reading.brought) progress.synced.push(reading.stream.id);
  return false;
}

/**
 * Each due stream in turn. What one brought is read while the provider is asked for the next: never two readings at once, so
 * that payloads are read in the order they came.
 */
async function syncDueStreams(run: SyncRun, streams: readonly Stream[], progress: Progress): Promise<void> {
  const first = new Set<StreamId>();
  let reading: Reading | null = null;
  try {
    for (const [at, stream] of streams.entries()) {
      const states = await statesOf(run);
      const state = states.get(stream.id);
      if (!isDue(state, run.stamp().getTime())) continue;
      if (await makesWay(run, stream, first)) {
        progress.paused = true;
        break;
      }
      if (stream.cadence === "morning" && state.backfilledAt === null) first.add(stream.id);
      const turn = { stream, state, states, rest: streams.slice(at + 1) };
      const answered = () => foreseeNext(run, turn, first);
      const failed = await failureOf(syncStream(run, stream, state, answered));
      if (await settleReading(run, reading, progress)) return;
      const failure = failureOf(parseUnread(run.ctx, run.subject, run.writeBeside));
      reading = { ...turn, brought: failed === null, failure };
      if (failed && (await settleError(run, { ...turn, ...failed, progress }))) break;
    }
  } finally {
    await reading?.failure;
    await run.end();
  }
  await settleReading(run, reading, progress);
}
