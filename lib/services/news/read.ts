import { findSquad } from "@/db/queries/squads";
import type { MorningNews } from "@/lib/alerts/morning";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "@/lib/services/access/require-coach";
import type { CivilDate } from "@/lib/time/civil-date";
import { gatherNews } from "./gather";

/**
 * What this coach is told about a squad on a morning: opened, escalated and continuing episodes, who has no verdict.
 * For everybody of the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function readNews({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string; date: CivilDate };
}): Promise<MorningNews> {
  const { teamId, userId } = requireCoach(ctx, "viewer");
  if (!(await findSquad(ctx.db, { teamId, squadId: input.squadId })))
    throw new AppError("not-found", "This squad is not there.");
  const { news } = await gatherNews(ctx, { teamId, userId, kind: "morning", ...input });
  return news;
}
