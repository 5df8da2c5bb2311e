import { beforeData } from "@/lib/readiness/backtest/before-data";
import type { BaselineGrade, Level, Preset } from "@/lib/readiness/types";

/** Share of athlete-days that reach a mailed level although nothing changed. */
export type ChanceRange = { low: number; high: number };

/** The squad's own figures (lib/services/backtest/own-chance.ts), once its seasons have been simulated. */
type Own = Record<Preset, ChanceRange> | undefined;

/** Rate per athlete-day by chance alone: the squad's own where there is one, else what holds before a squad has data. */
export function chanceRange(preset: Preset, own?: Own): ChanceRange {
  const { low, high } = own?.[preset] ?? beforeData(preset).flaggedShare;
  return { low, high };
}

/** Whether a day counts among the athlete-days that the rates are shares of: a verdict on a firm baseline. */
export function isJudged({ level, grade }: { level: Level; grade: BaselineGrade }): boolean {
  return level !== "no-verdict" && grade === "firm";
}

/**
 * Whole athletes a morning by chance alone, for a squad in which so many are judged: "1 or 2", "0 or 1", "2 to 4". The
 * one figure of the page's headline and the mail.
 */
export function chanceCounts(input: { preset: Preset; athletes: number; own?: Own }): {
  from: number;
  to: number;
} {
  const { low, high } = chanceRange(input.preset, input.own);
  const from = Math.floor(low * input.athletes);
  return { from, to: Math.max(Math.ceil(high * input.athletes), from + 1) };
}
