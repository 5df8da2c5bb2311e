import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { readSessions } from "@/lib/services/readings/read-sessions";
import { scoreAthletes } from "./score-athletes";

/**
 * Scores one athlete after something stored has changed; recordings that came with a sync become morning readings first.
 * Jobs only; safe to repeat.
 */
export async function scoreAthlete({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<{ daysWritten: number }> {
  requireJob(ctx);
  await readSessions({ ctx, input });
  const { daysWritten } = await scoreAthletes({ ctx, input: { athleteIds: [input.athleteId] } });
  return { daysWritten };
}
