import { findBacktest } from "@/db/queries/backtest";
import { findSquad } from "@/db/queries/squads";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { backtestKey } from "./key";
import type { BacktestProgress } from "./view-model";

/**
 * How far the simulation of a squad's seasons has come; `gone` when the days it was asked for have changed since.
 * Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function readBacktestProgress(of: {
  ctx: Context;
  input: { squadId: string; inputHash: string };
}): Promise<BacktestProgress> {
  const { teamId } = requireCoach(of.ctx, "viewer");
  const squadId = requireId(of.input.squadId);
  if (!(await findSquad(of.ctx.db, { teamId, squadId })))
    throw new AppError("not-found", "This squad is not there.");
  const stored = await findBacktest(of.ctx.db, backtestKey({ squadId, inputHash: of.input.inputHash }));
  if (!stored) return { state: "gone", percent: 100 };
  if (!stored.finishedAt) return { state: "running", percent: stored.progressPercent };
  return { state: stored.result ? "done" : "failed", percent: 100 };
}
