import { listDailyRuns } from "@/db/queries/daily-runs";
import { listActiveSquads } from "@/db/queries/squads";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { civilDateIn } from "@/lib/time/zone";
import { dailyRunKey } from "./daily-run";

/** Squads whose local day has turned since every athlete was scored last. Jobs only. */
export async function listSquadsToScore({ ctx }: { ctx: Context }): Promise<string[]> {
  requireJob(ctx);
  const squads = await listActiveSquads(ctx.db);
  const keyOf = ({ squadId, timeZone }: { squadId: string; timeZone: string }) =>
    dailyRunKey("scored", { squadId, date: civilDateIn(ctx.now, timeZone) });
  const done = await listDailyRuns(ctx.db, { keys: squads.map(keyOf), now: ctx.now });
  return squads.filter((squad) => !done.has(keyOf(squad))).map(({ squadId }) => squadId);
}
