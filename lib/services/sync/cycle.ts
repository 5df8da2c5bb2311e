import { findAthleteForConnection } from "@/db/queries/connections";
import { claimDailyRun, noteNightLook } from "@/db/queries/daily-runs";
import { freeAllLeases } from "@/db/queries/leases";
import { markAllStreamsDue, markStreamsDue, markUnaskedDue } from "@/db/queries/stream-states";
import {
  listConnectionsOfAccounts,
  listMornings,
  listOwedSyncs,
  listRegistrationsDue,
} from "@/db/queries/sync-due";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireCan, requireId } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { recordJobFailure } from "@/lib/services/jobs/failures";
import { clientOf } from "@/lib/services/provider/client";
import { allStreams, type Connector, type Notice, type Notices } from "@/lib/wearables/connector";
import type { Outcome } from "@/lib/wearables/exchange";
import { morningStreams } from "@/lib/wearables/stream";
import { isMorningDue } from "./schedule";

/**
 * Begins the present cycle of `SYNC_INTERVAL_MINUTES`: looks who is due, and asks for their syncs. When it has had its
 * turn already, whatever the clock or the cron does, only for those who wait to be registered and need not wait
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

/** An answer that was not understood is no silence: the operator is told, once a day. */
async function readNotices(ctx: Context, notices: Notices, outcome: Outcome): Promise<readonly Notice[]> {
  try {
    return notices.read(outcome);
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
async function takeNotices(ctx: Context, connector: Connector, notices: Notices): Promise<void> {
  const client = clientOf(ctx, connector, "background");
  const outcome = await client({ method: "GET", target: notices.target });
  const told = await readNotices(ctx, notices, outcome);
  const accountIds = [...new Set(told.map((notice) => notice.accountId))];
  const accounts = { provider: connector.id, accountIds };
  for (const { athleteId, accountId } of await listConnectionsOfAccounts(ctx.db, accounts)) {
    const streams = told
      .filter((notice) => notice.accountId === accountId)
      .flatMap((notice) => notice.streams);
    await markStreamsDue(ctx.db, {
      athleteId,
      provider: connector.id,
      streams: [...new Set(streams)],
      dueAt: ctx.now,
      newsAt: ctx.now,
    });
  }
}

async function markMornings(ctx: Context): Promise<void> {
  const brings = new Map(
    morningStreams(allStreams(ctx.providers)).map((stream) => [stream.id, stream.brings]),
  );
  for (const morning of await listMornings(ctx.db, { streams: [...brings.keys()] }))
    if (isMorningDue({ ...morning, brings: brings.get(morning.stream) }, ctx.now))
      await markStreamsDue(ctx.db, {
        athleteId: morning.athleteId,
        provider: morning.provider,
        streams: [morning.stream],
        dueAt: ctx.now,
      });
  // Squads' mornings wait for a look that began after their hour.
  await noteNightLook(ctx.db, { at: ctx.now });
}

/** Without notices every stream of transactions is asked hourly whether it has news; not while the provider asks to slow down. */
async function doWithoutNotices(ctx: Context, { id, streams }: Connector, error: unknown): Promise<void> {
  ctx.log.warn({ err: error, provider: id }, "the provider's notices could not be read");
  if (error instanceof AppError && error.code === "provider-busy") return;
  await markUnaskedDue(ctx.db, {
    provider: id,
    streams: streams.filter(({ delivery }) => delivery === "transaction").map((stream) => stream.id),
    unaskedSince: new Date(ctx.now.getTime() - HOUR_MS),
    dueAt: ctx.now,
  });
}

/**
 * Who is to be synced now: athletes a provider has a notice for, whose morning it is, whose streams are due again, and
 * what an interrupted run left. When a provider's notices cannot be had, the others are still synced, and each stream of
 * its transactions is asked every hour. Jobs only.
 */
export async function listDue({ ctx }: { ctx: Context }): Promise<{ athleteIds: string[] }> {
  requireCan(ctx, "jobs.run");
  for (const connector of ctx.providers) {
    if (!connector.notices) continue;
    try {
      await takeNotices(ctx, connector, connector.notices);
    } catch (error) {
      await doWithoutNotices(ctx, connector, error);
    }
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
    await markAllStreamsDue(tx.db, { athleteId, dueAt: ctx.now });
    await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }]);
  });
}
