import { listDailyRuns } from "@/db/queries/daily-runs/list-done";
import { listActiveSquads } from "@/db/queries/daily-runs/list-squads";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { dailyRunKey } from "@/lib/services/readiness/daily-run";
import { civilDateIn, instantOf } from "@/lib/time/zone";

/** A mail that could not go out at its time still goes out this long after; later it is no morning mail any more. */
const LATEST_HOURS = 5;

/** Squads whose mail time has come today by their own clock and whose morning has not been told. Jobs only. */
export async function listMorningsDue({ ctx }: { ctx: Context }): Promise<string[]> {
  requireJob(ctx);
  const squads = (await listActiveSquads(ctx.db)).map((squad) => ({
    ...squad,
    date: civilDateIn(ctx.now, squad.timeZone),
  }));
  const done = await listDailyRuns(ctx.db, {
    keys: squads.map((squad) => dailyRunKey("morning", squad)),
    now: ctx.now,
  });
  return squads
    .filter((squad) => !done.has(dailyRunKey("morning", squad)))
    .filter(({ date, mailTime: time, timeZone }) => {
      const lateMs = ctx.now.getTime() - instantOf({ date, time, timeZone }).getTime();
      return lateMs >= 0 && lateMs < LATEST_HOURS * 3_600_000;
    })
    .map(({ squadId }) => squadId);
}
