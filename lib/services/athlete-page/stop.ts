import { markStopped } from "@/db/queries/athletes";
import { withdrawConsents } from "@/db/queries/consents";
import { endLease } from "@/db/queries/leases";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { KEPT_DAYS } from "../athletes/kept-days";
import { recordAudit } from "../audit/record";
import { revoke } from "../connections/revoke";
import { requireOwn } from "./require-own";

const keptForMs = KEPT_DAYS * 86_400_000;

/**
 * Stops sharing: ends the consent and the access at Polar in the same step, also for a sync under way, and sets the
 * day on which everything is deleted. Repeating it keeps the first day. Athletes only. @throws AppError `not-signed-in`
 */
export async function stopSharing(of: { ctx: Context }): Promise<{ deleteAfter: Date }> {
  const { athlete, who } = await requireOwn(of.ctx);
  const { now } = of.ctx;
  const deleteAfter = athlete.deleteAfter ?? new Date(now.getTime() + keptForMs);
  await inTransaction(of.ctx, async (ctx) => {
    await withdrawConsents(ctx.db, { ...who, now });
    await endLease(ctx.db, who.athleteId);
    await markStopped(ctx.db, { ...who, stoppedAt: athlete.stoppedAt ?? now, deleteAfter });
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/stopped", subjectId: who.athleteId });
  });
  await revoke({ ctx: of.ctx, input: { athleteId: who.athleteId } });
  return { deleteAfter };
}
