import { BEFORE_DATA } from "@/lib/readiness/backtest/before-data";
import type { Preset } from "@/lib/readiness/types";
import type { ChanceView } from "@/lib/services/backtest/view-model";

type Slide = { share: number; medianDay: number; isOwn: boolean };

/** How surely a preset catches a planted slide: the squad's own figure, or what simulated athletes give; null where none was caught. */
export function slideOf(preset: Preset, chance: ChanceView): Slide | null {
  if (chance.state !== "done") return { ...BEFORE_DATA[preset].slideCaught, isOwn: false };
  const { share, medianDay } = chance.figures.presets[preset].slide;
  return medianDay === null ? null : { share, medianDay, isOwn: true };
}
