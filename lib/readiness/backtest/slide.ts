import { BASELINE_NIGHTS } from "../constants";
import { isMailedLevel, levelOfBits } from "../level";
import { type ScoredColumns, scoreColumns } from "../score-columns";
import { PRESETS, type Preset } from "../types";
import { byPreset, type Progress, prepare, type SeasonsInput, seedOf } from "./prepare";
import { normalStream } from "./random";
import { athleteModels, quietSeason } from "./season";

/** Share of planted slides that reach a mailed level, 0 to 1, and the median day on which they do (the first is 1). */
export type SlideCaught = { share: number; medianDay: number | null };

const SLIDE_DAYS = 10;
const WATCHED_DAYS = 14;
const LOAD_FACTOR = 1.5;

/**
 * How surely each preset notices a real change: in simulated seasons every athlete's readings slide over ten days to
 * `dropSd` of their own SDs below usual while load is half as much again; a slide is caught when a mailed level holds
 * within 14 days. Athletes without a firm baseline then, or with fewer than 14 valid nights, are left out.
 */
export function* slideCaught(
  input: SeasonsInput & { dropSd: number },
): Generator<Progress, Record<Preset, SlideCaught>, void> {
  const { athletes } = prepare(input);
  const models = athleteModels(athletes.map(({ scored }) => scored.gated.x));
  const normal = normalStream(seedOf(input));
  const caughtOn: Record<Preset, number[]> = { brief: [], balanced: [], quiet: [] };
  let planted = 0;
  for (let season = 0; season < input.seasons; season++) {
    for (const [i, { columns, scored }] of athletes.entries()) {
      const model = models[i];
      const start = columns.length - WATCHED_DAYS;
      if (!model || start < 0 || scored.base.n[start]! < BASELINE_NIGHTS.firm) continue;
      planted++;
      const quiet = quietSeason(columns, scored.gated.x, model, normal);
      const slid = scoreColumns(withSlide(quiet, { start, drop: input.dropSd * model.sd }), input);
      for (const preset of PRESETS) {
        const day = firstMailed(slid, { start, preset });
        if (day !== null) caughtOn[preset].push(day);
      }
    }
    yield { done: season + 1, of: input.seasons };
  }
  return byPreset((preset) => ({
    share: planted > 0 ? caughtOn[preset].length / planted : 0,
    medianDay: middle(caughtOn[preset]),
  }));
}

function withSlide<C extends { rmssdMs: Float64Array; load: Float64Array }>(
  columns: C,
  { start, drop }: { start: number; drop: number },
): C {
  const depth = (t: number) => (t < start ? 0 : Math.min(1, (t - start + 1) / SLIDE_DAYS));
  return {
    ...columns,
    rmssdMs: columns.rmssdMs.map((rmssd, t) => rmssd * Math.exp(-drop * depth(t))),
    load: columns.load.map((load, t) => (t >= start && t < start + SLIDE_DAYS ? load * LOAD_FACTOR : load)),
  };
}

function firstMailed(
  scored: ScoredColumns,
  { start, preset }: { start: number; preset: Preset },
): number | null {
  for (let t = start; t < start + WATCHED_DAYS; t++) {
    const isJudged = scored.reasons[t] === 0 && scored.base.n[t]! >= BASELINE_NIGHTS.firm;
    if (isJudged && isMailedLevel(levelOfBits(scored.rules.holds[t]!, preset))) return t - start + 1;
  }
  return null;
}

function middle(days: readonly number[]): number | null {
  return days.toSorted((a, b) => a - b)[days.length >> 1] ?? null;
}
