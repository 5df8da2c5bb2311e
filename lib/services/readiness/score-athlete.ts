import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { beginOwedWork } from "@/lib/services/events/work";
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
  const work = await beginOwedWork(ctx, { event: "athlete/day.changed", subject: input.athleteId });
  await readSessions({ ctx, input });
  const { daysWritten } = await scoreAthletes({ ctx, input: { athleteIds: [input.athleteId] } });
  await work.done(ctx);
  return { daysWritten };
}
