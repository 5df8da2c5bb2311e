import { freeAllLeases } from "@/db/queries/leases";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireJob } from "../access/require-job";
import { recordEvents } from "../events/record";

/**
 * Takes up what a killed worker left: frees its leases, tells scoring what it had no time to tell, and asks for those
 * athletes again. Only where one worker runs,
 * at its start. Jobs only.
 */
export async function recoverSyncs({ ctx }: { ctx: Context }): Promise<{ athletes: number }> {
  requireJob(ctx);
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
