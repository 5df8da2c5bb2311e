import { beginUpkeep, noteUpkeepEnded } from "@/db/queries/owed/upkeep";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { requireJob } from "../access/require-job";
import { recordEvents } from "../events/record";
import { listDue } from "./list-due";

/** The record of the cycles, in the table of recurring work. */
export const SYNC_CYCLE = "sync-cycle";

/**
 * Begins a cycle of `SYNC_INTERVAL_MINUTES` unless the present one has had its turn already, whatever the clock or the
 * cron does: looks who is due, and asks for their syncs. Jobs only.
 */
export async function runDueCycle({
  ctx,
}: {
  ctx: Context;
}): Promise<{ isNewCycle: boolean; athleteIds: string[] }> {
  requireJob(ctx);
  const lengthMs = env().SYNC_INTERVAL_MINUTES * 60_000;
  const cycleBegan = new Date(Math.floor(ctx.now.getTime() / lengthMs) * lengthMs);
  const turn = { task: SYNC_CYCLE, begunAt: ctx.now, unlessSince: cycleBegan };
  if (!(await beginUpkeep(ctx.db, turn))) return { isNewCycle: false, athleteIds: [] };
  const { athleteIds } = await listDue({ ctx });
  await inTransaction(ctx, async (tx) => {
    await recordEvents(
      tx,
      athleteIds.map((athleteId) => ({ name: "athlete/sync.requested", data: { athleteId, reason: "due" } })),
    );
    await noteUpkeepEnded(tx.db, { task: SYNC_CYCLE, endedAt: ctx.now });
  });
  return { isNewCycle: true, athleteIds };
}
