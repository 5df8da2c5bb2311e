import { claimDailyRun } from "@/db/queries/daily-runs/claim";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { requireJob } from "../access/require-job";
import { recordEvents } from "../events/record";
import { listDue } from "./list-due";

/**
 * Begins the present cycle of `SYNC_INTERVAL_MINUTES` unless it has had its turn already, whatever the clock or the
 * cron does: looks who is due, and asks for their syncs. Jobs only.
 */
export async function runDueCycle({
  ctx,
}: {
  ctx: Context;
}): Promise<{ isNewCycle: boolean; athleteIds: string[] }> {
  requireJob(ctx);
  const cycle = Math.floor(ctx.now.getTime() / (env().SYNC_INTERVAL_MINUTES * 60_000));
  const isNewCycle = await claimDailyRun(ctx.db, { key: `sync-due/${cycle}`, ranAt: ctx.now });
  if (!isNewCycle) return { isNewCycle, athleteIds: [] };
  const { athleteIds } = await listDue({ ctx });
  await recordEvents(
    ctx,
    athleteIds.map((athleteId) => ({ name: "athlete/sync.requested", data: { athleteId, reason: "due" } })),
  );
  return { isNewCycle, athleteIds };
}
