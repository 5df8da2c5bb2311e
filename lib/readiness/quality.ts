import { MARK } from "./columns";
import { BASELINE_NIGHTS } from "./constants";
import type { ScoredSeries } from "./score";

type QualityReason =
  | "baseline-none"
  | "baseline-provisional"
  | "few-nights"
  | "nights-missing"
  | "load-unknown"
  | "device-changed"
  | "source-changed";

/** A: firm, 6 of 7 nights, load known. B: firm, 4-5 nights or an unknown load. C: anything less. */
export type Quality = { grade: "A" | "B" | "C"; reasons: QualityReason[] };

const RECENT_CHANGE_DAYS = 28;
const GRADE_B: readonly QualityReason[] = ["nights-missing", "load-unknown"];

/** Data-quality grade of the day at `index`, with what keeps it from an A. Nothing that is missing can raise it. */
export function qualityAt(series: ScoredSeries, index: number): Quality {
  const reasons = [
    baselineReason(series.scored.base.n[index]!),
    nightsReason(series.scored.mean7.n[index]!),
    loadIsKnown(series, index) ? null : ("load-unknown" as const),
    changeReason(series, index),
  ].filter((reason) => reason !== null);
  if (reasons.length === 0) return { grade: "A", reasons };
  return { grade: reasons.every((reason) => GRADE_B.includes(reason)) ? "B" : "C", reasons };
}

function baselineReason(n: number): QualityReason | null {
  if (n >= BASELINE_NIGHTS.firm) return null;
  return n >= BASELINE_NIGHTS.provisional ? "baseline-provisional" : "baseline-none";
}

function nightsReason(n: number): QualityReason | null {
  if (n >= 6) return null;
  return n >= 4 ? "nights-missing" : "few-nights";
}

function loadIsKnown({ scored }: ScoredSeries, index: number): boolean {
  return scored.load.known7[index] === 7 && scored.load.known7[index - 7] === 7;
}

function changeReason({ columns, scored }: ScoredSeries, index: number): QualityReason | null {
  const start = scored.starts[index]!;
  const marks = columns.marks[start]!;
  if (index - start >= RECENT_CHANGE_DAYS) return null;
  if (marks & MARK.newDevice) return "device-changed";
  return marks & MARK.newSource ? "source-changed" : null;
}
