import { deleteAthlete, listDueForDeletion } from "@/db/queries/athletes";
import { hasPendingDeregistration, keepOwedTokens } from "@/db/queries/deregistrations";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { requireJob } from "../access/require-job";
import { recordAudit } from "../audit/record";
import { finishRevocations, revoke } from "../connections/revoke";
import { beginOwedWork } from "../events/work";

const patienceMs = 7 * 86_400_000;

/**
 * Deletes the athletes whose promised day has come, with everything stored about them. Access at Polar ends first;
 * a Polar that does not answer holds a deletion up for a week at most, and is asked on to end the token. Jobs only. @throws AppError `forbidden`
 */
export async function purgeAthletes(of: { ctx: Context }): Promise<{ purged: number }> {
  requireJob(of.ctx);
  const { db, now } = of.ctx;
  const work = await beginOwedWork(of.ctx, { event: "installation/erasure.due", subject: "installation" });
  await finishRevocations(of);
  let purged = 0;
  const due = await listDueForDeletion(db, { now });
  for (const { teamId, athleteId, deleteAfter } of due) {
    await revoke({ ctx: of.ctx, input: { athleteId } });
    const overdue = now.getTime() - deleteAfter.getTime() > patienceMs;
    if (!overdue && (await hasPendingDeregistration(db, { teamId, athleteId }))) continue;
    await inTransaction(of.ctx, async (ctx) => {
      await keepOwedTokens(ctx.db, { teamId, athleteId, now });
      await deleteAthlete(ctx.db, { teamId, athleteId });
      await recordAudit(ctx, { teamId, action: "athlete/deleted", subjectId: athleteId });
    });
    purged += 1;
  }
  // Those who wait for Polar are tried again later.
  if (purged === due.length) await work.done(of.ctx);
  return { purged };
}
