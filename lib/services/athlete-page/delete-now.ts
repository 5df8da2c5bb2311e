import { deleteAthlete, markStopped } from "@/db/queries/athletes";
import { hasPendingDeregistration } from "@/db/queries/deregistrations";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { recordAudit } from "../audit/record";
import { requireOwn } from "./require-own";
import { stopSharing } from "./stop";

/**
 * Stops sharing and deletes everything at once. When Polar does not answer, the deletion waits for it, because the
 * token is needed to end the access there; the daily job goes on with it. Athletes only. @throws AppError `not-signed-in`
 */
export async function deleteNow(of: { ctx: Context }): Promise<{ deleted: "now" | "soon" }> {
  const { athlete, who } = await requireOwn(of.ctx);
  const { now } = of.ctx;
  await stopSharing(of);
  if (await hasPendingDeregistration(of.ctx.db, who)) {
    await markStopped(of.ctx.db, { ...who, stoppedAt: athlete.stoppedAt ?? now, deleteAfter: now });
    return { deleted: "soon" };
  }
  await inTransaction(of.ctx, async (ctx) => {
    await deleteAthlete(ctx.db, who);
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/deleted", subjectId: who.athleteId });
  });
  return { deleted: "now" };
}
