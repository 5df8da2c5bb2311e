import { requestBacktest } from "@/db/queries/backtest";
import type { Context } from "@/lib/context";
import type { CivilDate } from "@/lib/time/civil-date";
import { recordEvents } from "../events/record";
import { backtestKey } from "./key";

type Wanted = { teamId: string; squadId: string; inputHash: string; baselineDays: number; until: CivilDate };

/** Has the seasons of a squad simulated, unless that was asked before. Runs in the caller's transaction. */
export async function askForSeasons(ctx: Context, wanted: Wanted): Promise<void> {
  const { teamId, squadId, inputHash, until } = wanted;
  const key = backtestKey(wanted);
  if (!(await requestBacktest(ctx.db, { ...key, teamId, requestedAt: ctx.now }))) return;
  const data = { squadId, inputHash, until, baselineDays: String(wanted.baselineDays) };
  await recordEvents(ctx, [{ name: "squad/backtest.requested", data }]);
}
