import { claimDailyRun } from "@/db/queries/daily-runs";
import { listRegistrationsDue } from "@/db/queries/sync-due";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { requireJob } from "../access/require-job";
import { recordEvents } from "../events/record";
import { listDue } from "./list-due";

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
  requireJob(ctx);
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
