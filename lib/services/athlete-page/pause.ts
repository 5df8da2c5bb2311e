import { markPaused } from "@/db/queries/athletes";
import { endLease } from "@/db/queries/leases";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { recordAudit } from "../audit/record";
import { requireOwn } from "./require-own";

/**
 * Pauses sharing: nothing is fetched from now on, not even by a sync under way, until the athlete goes on. Consent and
 * connection stay. Repeating it keeps the first moment. Athletes only.
 * @throws AppError `forbidden` when sharing has stopped, `not-signed-in`
 */
export async function pauseSharing(of: { ctx: Context }): Promise<{ pausedAt: Date }> {
  const { athlete, who } = await requireOwn(of.ctx);
  if (athlete.stoppedAt) throw new AppError("forbidden", "You have stopped sharing.");
  if (athlete.pausedAt) return { pausedAt: athlete.pausedAt };
  const pausedAt = of.ctx.now;
  await inTransaction(of.ctx, async (ctx) => {
    await endLease(ctx.db, who.athleteId);
    await markPaused(ctx.db, { ...who, pausedAt });
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/paused", subjectId: who.athleteId });
  });
  return { pausedAt };
}
