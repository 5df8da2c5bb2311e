import { updateSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

/** Brings a squad back that was put away; its days are scored up to today. Owners only. @throws AppError `not-found`, `forbidden` */
export async function restoreSquad(of: { ctx: Context; input: { squadId: string } }): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "owner");
  const squadId = requireId(of.input.squadId);
  await inTransaction(of.ctx, async (ctx) => {
    if ((await updateSquad(ctx.db, { teamId, squadId, changes: { archivedAt: null } })) === 0)
      throw new AppError("not-found", "This squad is not there.");
    await recordEvents(ctx, [{ name: "squad/settings.changed", data: { squadId } }]);
    await recordAudit(ctx, { teamId, action: "squad/restored", subjectId: squadId });
  });
}
