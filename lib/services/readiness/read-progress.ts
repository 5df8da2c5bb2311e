import { listProgress, type ScoringProgress } from "@/db/queries/readiness";
import type { Context } from "@/lib/context";
import { requireCoach } from "@/lib/services/access/require-coach";

/** How far each athlete of a squad has come, from the invitation to the scored history. For everybody of the team; another team's squad is empty. */
export async function readScoringProgress({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string };
}): Promise<ScoringProgress[]> {
  const { teamId } = requireCoach(ctx, "viewer");
  return listProgress(ctx.db, { teamId, squadId: input.squadId });
}
