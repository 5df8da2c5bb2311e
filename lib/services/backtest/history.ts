import { listBacktested } from "@/db/queries/backtest";
import { listHistories, type ScorableAthlete } from "@/db/queries/histories";
import type { Context } from "@/lib/context";
import { backtestHash, type SeasonsInput } from "@/lib/readiness/backtest/prepare";
import { BASELINE_NIGHTS } from "@/lib/readiness/constants";
import type { LoadKind } from "@/lib/readiness/load/kind";
import { RULE_VERSION } from "@/lib/readiness/rule-version";
import { type ScoringSettings, scoreColumns } from "@/lib/readiness/score-columns";
import { columnsOf } from "@/lib/readiness/series";
import type { DayInput } from "@/lib/readiness/types";
import { dayInputsOf } from "@/lib/services/readiness/inputs";
import { type CivilDate, epochDayOf } from "@/lib/time/civil-date";
/** How much is replayed and simulated (docs/method/false-alarms.md). */
export const SEASON_PLAN = {
  /** The last mornings that are counted, at most and at least. */
  mostMornings: 90,
  fewestMornings: 30,
  /** Seasons in which nothing changes. */
  seasons: 200,
  /** Seasons with a planted slide, each with one slide per athlete, and its depth in own SDs. */
  slideSeasons: 25,
  slideDropSd: 1.5,
} as const;

/** The stored key of a back-test: the same days of another squad, or under another rule version, are another one. */
export function backtestKey(of: { squadId: string; inputHash: string }): {
  squadId: string;
  inputHash: string;
} {
  return { squadId: of.squadId, inputHash: `${of.squadId}/${RULE_VERSION}/${of.inputHash}` };
}

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

/**
 * Mornings from the first verdict on a firm baseline that any athlete had to the last day of the histories, which all
 * end alike; 0 without one. Before that no mail could go out, so that a rate over earlier mornings would be too low. Pure.
 */
function countedMornings(input: {
  athletes: readonly (readonly DayInput[])[];
  baselineDays: number;
}): number {
  return Math.max(0, ...input.athletes.map((days) => sinceFirstVerdict(days, input.baselineDays)));
}

function sinceFirstVerdict(days: readonly DayInput[], baselineDays: number): number {
  const columns = columnsOf(days);
  const { reasons, base } = scoreColumns(columns, { baselineDays });
  const first = reasons.findIndex((reason, t) => reason === 0 && base.n[t]! >= BASELINE_NIGHTS.firm);
  return first === -1 ? 0 : columns.length - first;
}
