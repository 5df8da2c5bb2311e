import { randomUUID } from "node:crypto";
import { findConnection, updateConnection } from "@/db/queries/connections";
import { releaseLease, takeLease } from "@/db/queries/leases";
import { listStreamStates } from "@/db/queries/stream-states";
import { findSyncSubject } from "@/db/queries/sync-due";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import type { Stream } from "@/lib/polar/streams";
import { requireJob } from "../access/require-job";
import { mailMissingConsent } from "../connections/mail-reconnection";
import { recordEvents } from "../events/record";
import { beginOwedWork } from "../events/work";
import { parseUnread } from "../payloads/parse";
import { syncDueStreams } from "./due-streams";
import { createRun, LEASE_S, type SyncRun } from "./run";
import { type Progress, type SyncResult, settleRefusal } from "./settle-error";
import { findSubject } from "./subject";

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
  if (held.length > 0)
    await mailMissingConsent(ctx, { athleteId: run.subject.athleteId, connectionId: connection.id });
}

/** A connection that is not registered at Polar yet is registered first, and may meet the same refusals as a stream. */
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
  const work = await beginOwedWork(ctx, { event: "athlete/sync.requested", subject: athleteId });
  if (!(await takeLease(ctx.db, { athleteId, holder, ttlS: LEASE_S }))) {
    // The lease knows that it was asked for: its holder asks again, or the sweep once it has run out.
    await work.done(ctx);
    return { outcome: "held", ...none };
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
