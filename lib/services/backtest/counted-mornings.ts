import { BASELINE_NIGHTS } from "@/lib/readiness/constants";
import { scoreColumns } from "@/lib/readiness/score-columns";
import { columnsOf } from "@/lib/readiness/series";
import type { DayInput } from "@/lib/readiness/types";

/**
 * Mornings from the first verdict on a firm baseline that any athlete had to the last day of the histories, which all
 * end alike; 0 without one. Before that no mail could go out, so that a rate over earlier mornings would be too low. Pure.
 */
export function countedMornings(input: {
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
