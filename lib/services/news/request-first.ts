import { listFirstScorings } from "@/db/queries/morning-news";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { recordEvents } from "@/lib/services/events/record";

/** An invitation older than this is not waited for. */
const ON_THE_WAY_MINUTES = 10;

/**
 * Asks for the first mail of squads in which everybody is scored for the first time, so that a demonstration need not
 * wait for the morning. Jobs only; safe to repeat.
 */
export async function requestFirstNews({ ctx }: { ctx: Context }): Promise<{ squads: number }> {
  requireJob(ctx);
  const invitedSince = new Date(ctx.now.getTime() - ON_THE_WAY_MINUTES * 60_000);
  const squadIds = await listFirstScorings(ctx.db, { invitedSince });
  await recordEvents(
    ctx,
    squadIds.map((squadId) => ({
      name: "squad/news.requested",
      data: { squadId, reason: "first" as const },
    })),
  );
  return { squads: squadIds.length };
}
