import { findAthlete, markStopped } from "@/db/queries/athletes";
import { withdrawConsents } from "@/db/queries/consents";
import { withdrawInvitations } from "@/db/queries/invitations";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";
import { revoke } from "../connections/revoke";
import { KEPT_DAYS } from "./kept-days";

const keptForMs = KEPT_DAYS * 86_400_000;

/**
 * Takes an athlete off the team: access at Polar ends now, the data go as late as if the athlete had stopped.
 * Coaches and owners. @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function removeAthlete(of: { ctx: Context; input: { athleteId: string } }): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const athleteId = requireId(of.input.athleteId);
  const { now } = of.ctx;
  await inTransaction(of.ctx, async (ctx) => {
    const found = await findAthlete(ctx.db, { teamId, athleteId });
    if (!found) throw new AppError("not-found", "This athlete is not there.");
    const stoppedAt = found.athlete.stoppedAt ?? now;
    const deleteAfter = found.athlete.deleteAfter ?? new Date(now.getTime() + keptForMs);
    await withdrawInvitations(ctx.db, { teamId, athleteId, now });
    await withdrawConsents(ctx.db, { teamId, athleteId, now });
    await markStopped(ctx.db, { teamId, athleteId, stoppedAt, deleteAfter });
    await recordAudit(ctx, { teamId, action: "athlete/removed", subjectId: athleteId });
  });
  await revoke(of);
}
