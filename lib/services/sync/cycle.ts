import { findAthleteForConnection } from "@/db/queries/connections";
import { claimDailyRun, noteNightLook } from "@/db/queries/daily-runs";
import { freeAllLeases } from "@/db/queries/leases";
import { listStreamStates, markStreamsDue, markUnaskedDue } from "@/db/queries/stream-states";
import {
  listConnectionsByPolarUser,
  listMornings,
  listOwedSyncs,
  listRegistrationsDue,
} from "@/db/queries/sync-due";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { PolarOutcome } from "@/lib/providers/polar/outcome";
import { STREAMS } from "@/lib/providers/polar/streams";
import { requireCan, requireId } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { recordJobFailure } from "@/lib/services/jobs/failures";
import { polarClient } from "@/lib/services/provider/client";
import { unexpected } from "./run";
import { isMorningDue } from "./schedule";

/**
 * Begins the present cycle of `SYNC_INTERVAL_MINUTES`: looks who is due, and asks for their syncs. When it has had its
 * turn already, whatever the clock or the cron does, only for those who wait to be registered at Polar and need not wait
 * longer. Jobs only.
 */
export async function runDueCycle({
  ctx,
}: {
  ctx: Context;
}): Promise<{ isNewCycle: boolean; athleteIds: string[] }> {
  requireCan(ctx, "jobs.run");
  const cycle = Math.floor(ctx.now.getTime() / (env().SYNC_INTERVAL_MINUTES * 60_000));
  const isNewCycle = await claimDailyRun(ctx.db, { key: `sync-due/${cycle}`, ranAt: ctx.now });
  const { athleteIds } = isNewCycle
    ? await listDue({ ctx })
    : { athleteIds: await listRegistrationsDue(ctx.db, ctx.now) };
  await recordEvents(
    ctx,
    athleteIds.map((athleteId) => ({ name: "athlete/sync.requested", data: { athleteId, reason: "due" } })),
  );
  return { isNewCycle, athleteIds };
}

const HOUR_MS = 3_600_000;

type Notice = { polarUserId: number; dataType: string };

/** @throws AppError `polar-failed` for an answer that is neither the documented list nor 204 */
function noticesIn(outcome: PolarOutcome): Notice[] {
  if (outcome.kind === "empty") return [];
  if (outcome.kind !== "content") throw unexpected(outcome, "asking for notices");
  const list = (outcome.json as Record<string, unknown> | null)?.["available-user-data"];
  if (!Array.isArray(list)) throw unexpected(outcome, "asking for notices");
  return list.flatMap((row: Record<string, unknown> | null) => {
    const [polarUserId, dataType] = [row?.["user-id"], row?.["data-type"]];
    return typeof polarUserId === "number" && typeof dataType === "string" ? [{ polarUserId, dataType }] : [];
  });
}

/** An answer that was not understood is no silence: the operator is told, once a day. */
async function readNotices(ctx: Context, outcome: PolarOutcome): Promise<Notice[]> {
  try {
    return noticesIn(outcome);
  } catch (error) {
    const day = ctx.now.toISOString().slice(0, 10);
    if (await claimDailyRun(ctx.db, { key: `notices-unclear/${day}`, ranAt: ctx.now }))
      await recordJobFailure({
        ctx,
        input: { functionId: "sync-due", subjectId: null, error: (error as Error).message },
      });
    throw error;
  }
}

/** One request for the whole club: which athletes have transactions waiting. */
async function takeNotices(ctx: Context): Promise<void> {
  const outcome = await polarClient(ctx, "background")({ method: "GET", target: "/v3/notifications" });
  const notices = await readNotices(ctx, outcome);
  const users = [...new Set(notices.map((notice) => notice.polarUserId))];
  for (const { athleteId, polarUserId } of await listConnectionsByPolarUser(ctx.db, users)) {
    const types = notices
      .filter((notice) => notice.polarUserId === polarUserId)
      .map((notice) => notice.dataType);
    const streams = STREAMS.filter((stream) => stream.family && types.includes(stream.family.dataType));
    await markStreamsDue(ctx.db, {
      athleteId,
      streams: streams.map((stream) => stream.id),
      dueAt: ctx.now,
      newsAt: ctx.now,
    });
  }
}

async function markMornings(ctx: Context): Promise<void> {
  for (const morning of await listMornings(ctx.db))
    if (isMorningDue(morning, ctx.now))
      await markStreamsDue(ctx.db, {
        athleteId: morning.athleteId,
        streams: [morning.stream],
        dueAt: ctx.now,
      });
  // Squads' mornings wait for a look that began after their hour.
  await noteNightLook(ctx.db, { at: ctx.now });
}

/** Without notices every transaction family is asked hourly whether it has news; not while Polar asks to slow down. */
async function doWithoutNotices(ctx: Context, error: unknown): Promise<void> {
  ctx.log.warn({ err: error }, "Polar's notifications could not be read");
  if (error instanceof AppError && error.code === "polar-busy") return;
  await markUnaskedDue(ctx.db, {
    streams: STREAMS.filter((stream) => stream.family).map((stream) => stream.id),
    unaskedSince: new Date(ctx.now.getTime() - HOUR_MS),
    dueAt: ctx.now,
  });
}

/**
 * Who is to be synced now: athletes Polar has a notice for, whose morning it is, whose streams are due again, and
 * what an interrupted run left. When Polar's notices cannot be had, the others are still synced, and each transaction
 * family is asked every hour. Jobs only.
 */
export async function listDue({ ctx }: { ctx: Context }): Promise<{ athleteIds: string[] }> {
  requireCan(ctx, "jobs.run");
  try {
    await takeNotices(ctx);
  } catch (error) {
    await doWithoutNotices(ctx, error);
  }
  await markMornings(ctx);
  return { athleteIds: await listOwedSyncs(ctx.db, ctx.now) };
}

/**
 * Takes up what a killed worker left: frees its leases, tells scoring what it had no time to tell, and asks for those
 * athletes again. Only where one worker runs,
 * at its start. Jobs only.
 */
export async function recoverSyncs({ ctx }: { ctx: Context }): Promise<{ athletes: number }> {
  requireCan(ctx, "jobs.run");
  return inTransaction(ctx, async (tx) => {
    const leases = await freeAllLeases(tx.db);
    const due = leases.filter((lease) => lease.scoringDue);
    await recordEvents(tx, [
      ...due.map(({ athleteId }) => ({ name: "athlete/day.changed" as const, data: { athleteId } })),
      ...leases.map(({ athleteId }) => ({
        name: "athlete/sync.requested" as const,
        data: { athleteId, reason: "recovered" },
      })),
    ]);
    return { athletes: leases.length };
  });
}

function requireMayAsk(ctx: Context, athlete: { id: string; teamId: string } | undefined): void {
  requireCan(ctx, "sync.ask");
  const { actor, teamId } = ctx;
  const isTheirs = actor.kind === "athlete" ? actor.athleteId === athlete?.id : teamId === athlete?.teamId;
  if (!isTheirs) throw new AppError("not-found", "There is no such athlete.");
}

/** Asks for a sync of everything now. Coaches of the team, or the athlete. @throws AppError `forbidden`, `not-found`, `not-signed-in` */
export async function requestSync({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<void> {
  const athleteId = requireId(input.athleteId);
  requireMayAsk(ctx, await findAthleteForConnection(ctx.db, athleteId));
  await inTransaction(ctx, async (tx) => {
    const streams = (await listStreamStates(tx.db, athleteId)).map((state) => state.stream);
    await markStreamsDue(tx.db, { athleteId, streams, dueAt: ctx.now });
    await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }]);
  });
}
