import { findBacktest, requestBacktest } from "@/db/queries/backtest";
import { noteUpkeepEnded } from "@/db/queries/owed";
import { findSquad, findSquadForJob, listActiveSquads } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCan, requireId } from "@/lib/services/access/require";
import { beginOwedWork, recordEvents } from "@/lib/services/events/outbox";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { backtestKey, readBacktestHistory, SEASON_PLAN } from "./history";
import type { BacktestProgress } from "./view";

type Wanted = { teamId: string; squadId: string; inputHash: string; baselineDays: number; until: CivilDate };

/** Has the seasons of a squad simulated, unless that was asked before. Runs in the caller's transaction. */
export async function askForSeasons(ctx: Context, wanted: Wanted): Promise<void> {
  const { teamId, squadId, inputHash, until } = wanted;
  const key = backtestKey(wanted);
  if (!(await requestBacktest(ctx.db, { ...key, teamId, requestedAt: ctx.now }))) return;
  const data = { squadId, inputHash, until, baselineDays: String(wanted.baselineDays) };
  await recordEvents(ctx, [{ name: "squad/backtest.requested", data }]);
}

/** Asks for the figures of chance of every squad with enough mornings, so that view and mail state the squad's own. Jobs only. */
export async function refreshBacktests({ ctx }: { ctx: Context }): Promise<{ squads: number }> {
  requireCan(ctx, "jobs.run");
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

/**
 * How far the simulation of a squad's seasons has come; `gone` when the days it was asked for have changed since.
 * Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function readBacktestProgress(of: {
  ctx: Context;
  input: { squadId: string; inputHash: string };
}): Promise<BacktestProgress> {
  const { teamId } = requireCan(of.ctx, "squads.view");
  const squadId = requireId(of.input.squadId);
  if (!(await findSquad(of.ctx.db, { teamId, squadId })))
    throw new AppError("not-found", "This squad is not there.");
  const stored = await findBacktest(of.ctx.db, backtestKey({ squadId, inputHash: of.input.inputHash }));
  if (!stored) return { state: "gone", percent: 100 };
  if (!stored.finishedAt) return { state: "running", percent: stored.progressPercent };
  return { state: stored.result ? "done" : "failed", percent: 100 };
}
