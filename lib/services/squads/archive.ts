import { updateSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";

/** Puts a squad away: it leaves the lists and sends no mail; nothing is deleted. Owners only. @throws AppError `not-found`, `forbidden` */
export async function archiveSquad(of: { ctx: Context; input: { squadId: string } }): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "owner");
  const squadId = requireId(of.input.squadId);
  await inTransaction(of.ctx, async (ctx) => {
    const changes = { archivedAt: ctx.now };
    if ((await updateSquad(ctx.db, { teamId, squadId, changes })) === 0)
      throw new AppError("not-found", "This squad is not there.");
    await recordAudit(ctx, { teamId, action: "squad/archived", subjectId: squadId });
  });
}
