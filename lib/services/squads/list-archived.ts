import { listArchivedRows } from "@/db/queries/squads";
import type { Context } from "../../context";
import { requireCoach } from "../access/require-coach";

/** The squads that were put away, the latest first. Everybody on the team. @throws AppError `not-signed-in` */
export async function listArchivedSquads(of: {
  ctx: Context;
}): Promise<{ id: string; name: string; archivedAt: Date | null }[]> {
  const { teamId } = requireCoach(of.ctx, "viewer");
  return listArchivedRows(of.ctx.db, { teamId });
}
