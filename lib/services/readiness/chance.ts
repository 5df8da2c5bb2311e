import { beforeData } from "@/lib/readiness/backtest/before-data";
import type { Preset } from "@/lib/readiness/types";

/** Share of athlete-days that reach a mailed level although nothing changed. */
export type ChanceRange = { low: number; high: number };

/** The squad's own figures (lib/services/backtest/own-chance.ts), once its seasons have been simulated. */
type Own = Record<Preset, ChanceRange> | undefined;

/** Rate per athlete-day by chance alone: the squad's own where there is one, else what holds before a squad has data. */
export function chanceRange(preset: Preset, own?: Own): ChanceRange {
  const { low, high } = own?.[preset] ?? beforeData(preset).flaggedShare;
  return { low, high };
}

/** Athletes a morning by chance alone, for a squad of so many with a verdict. */
export function expectedByChance(input: { preset: Preset; athletes: number; own?: Own }): ChanceRange {
  const { low, high } = chanceRange(input.preset, input.own);
  return { low: low * input.athletes, high: high * input.athletes };
}

/** The same in whole athletes, for a sentence: "1 or 2", "0 or 1", "2 to 4". */
export function chanceCounts(input: { preset: Preset; athletes: number; own?: Own }): {
  from: number;
  to: number;
} {
  const { low, high } = expectedByChance(input);
  const from = Math.floor(low);
  return { from, to: Math.max(Math.ceil(high), from + 1) };
}
