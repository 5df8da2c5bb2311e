import { listBacktested } from "@/db/queries/backtest";
import { listHistories, type ScorableAthlete } from "@/db/queries/histories";
import type { Context } from "@/lib/context";
import { backtestHash, type SeasonsInput } from "@/lib/readiness/backtest/prepare";
import type { LoadKind } from "@/lib/readiness/load/kind";
import type { ScoringSettings } from "@/lib/readiness/score-columns";
import { type CivilDate, epochDayOf } from "@/lib/time/civil-date";
import { dayInputsOf } from "../readiness/day-inputs";
import { countedMornings } from "./counted-mornings";
import { SEASON_PLAN } from "./season-plan";

export type BacktestHistory = {
  /** In the order of `input.athletes`. */
  athletes: { athleteId: string; name: string }[];
  input: SeasonsInput;
  /** Changes with every day, load, mark and setting that goes in, the kind of load included. */
  inputHash: string;
  loadKind: LoadKind;
};

/** What the squad chose of the rules; its defaults where nobody has connected. */
function rulesOf(athlete: ScorableAthlete | undefined): Omit<ScoringSettings, "baselineDays"> {
  if (!athlete) return {};
  const { baselineMethod, loadRisePercent, drift } = athlete;
  return { baselineMethod, loadRisePercent, drift };
}

/** A squad's stored days up to `until`, as the back-test takes them. Called by verbs that checked their caller. */
export async function readBacktestHistory(
  ctx: Context,
  of: { teamId: string; squadId: string; baselineDays: number; until: CivilDate },
): Promise<BacktestHistory> {
  const listed = await listBacktested(ctx.db, of);
  const stored = await listHistories(ctx.db, { athleteIds: listed.map(({ athleteId }) => athleteId) });
  const loadKind = stored[0]?.loadKind ?? "cardio-load";
  const { baselineMethod = "mean-sd", ...rules } = rulesOf(stored[0]);
  const histories = new Map(stored.map(({ athleteId, history }) => [athleteId, history]));
  const athletes = listed.filter(({ athleteId }) => histories.has(athleteId));
  const lastDay = epochDayOf(of.until);
  const days = athletes.map(({ athleteId }) => dayInputsOf(histories.get(athleteId)!, lastDay));
  const { baselineDays } = of;
  const mornings = countedMornings({ athletes: days, baselineDays });
  const input = {
    athletes: days,
    baselineDays,
    baselineMethod,
    ...rules,
    days: Math.min(SEASON_PLAN.mostMornings, mornings),
    seasons: SEASON_PLAN.seasons,
  };
  const hash = backtestHash(input);
  const inputHash = loadKind === "cardio-load" ? hash : `${hash}-${loadKind}`;
  return { athletes, input, inputHash, loadKind };
}
