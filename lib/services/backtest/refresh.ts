import { noteUpkeepEnded } from "@/db/queries/owed";
import { findSquadForJob, listActiveSquads } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { requireJob } from "../access/require-job";
import { beginOwedWork } from "../events/work";
import { askForSeasons } from "./ask";
import { readBacktestHistory } from "./read-history";
import { SEASON_PLAN } from "./season-plan";

/** Asks for the figures of chance of every squad with enough mornings, so that view and mail state the squad's own. Jobs only. */
export async function refreshBacktests({ ctx }: { ctx: Context }): Promise<{ squads: number }> {
  requireJob(ctx);
  const work = await beginOwedWork(ctx, { event: "installation/backtests.due", subject: "installation" });
  let squads = 0;
  for (const { squadId } of await listActiveSquads(ctx.db)) {
    if (await inTransaction(ctx, (tx) => refresh(tx, squadId))) squads++;
  }
  await noteUpkeepEnded(ctx.db, { task: "backtests", endedAt: ctx.now });
  await work.done(ctx);
  return { squads };
}

async function refresh(ctx: Context, squadId: string): Promise<boolean> {
  const squad = await findSquadForJob(ctx.db, { squadId });
  if (!squad) return false;
  const { teamId, timeZone, baselineDays } = squad;
  const wanted = { teamId, squadId, baselineDays, until: addDays(civilDateIn(ctx.now, timeZone), -1) };
  const { input, inputHash } = await readBacktestHistory(ctx, wanted);
  if (input.days < SEASON_PLAN.fewestMornings) return false;
  await askForSeasons(ctx, { ...wanted, inputHash });
  return true;
}
