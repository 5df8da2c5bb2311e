import { beforeData } from "@/lib/readiness/backtest/before-data";
import type { Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";

type Slide = { share: number; medianDay: number; isOwn: boolean };

/** How surely a preset catches a planted slide: the squad's own figure, or what simulated athletes give; null where none was caught. */
export function slideOf(preset: Preset, { chance, squad }: BacktestView): Slide | null {
  if (chance.state !== "done") return { ...beforeData(preset, squad).slideCaught, isOwn: false };
  const { share, medianDay } = chance.figures.presets[preset].slide;
  return medianDay === null ? null : { share, medianDay, isOwn: true };
}
