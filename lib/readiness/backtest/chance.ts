import type { DayColumns } from "../columns";
import { scoreColumns } from "../score-columns";
import type { Preset } from "../types";
import { byPreset, type Progress, prepare, type SeasonsInput, seedOf } from "./prepare";
import { normalStream, uniformStream } from "./random";
import { type Rates, ratesOf } from "./rates";
import { athleteModels, quietSeason, resampledSeason } from "./season";
import { type ScoredAthlete, tallyOf } from "./tally";

/** Mean over the simulated seasons and the interval that holds 90 % of them. */
type Chance = { mean: number; low: number; high: number };
export type ChanceRates = Record<keyof Rates, Chance>;

const TAIL = 0.05;

/** The two ways in which nothing happens. */
const MODELS = ["autoregressive", "resampled"] as const;
type Model = (typeof MODELS)[number];

/**
 * What each preset would tell this squad if nothing ever changed, under two models of a season: readings drawn from each
 * athlete's own mean, SD and autocorrelation, and the athlete's own readings resampled in blocks; both with the athlete's
 * own gaps and real loads. Of each preset the model that flags more is told. Yields after every season; the same input
 * gives the same figures. Athletes with fewer than 14 valid nights keep their own readings. Method:
 * docs/method/false-alarms.md.
 */
export function* chance(input: SeasonsInput): Generator<Progress, Record<Preset, ChanceRates>, void> {
  const { athletes, period } = prepare(input);
  const found: Record<Preset, ChanceRates>[] = [];
  let done = 0;
  for (const model of MODELS) {
    const draw = seasonOf(model, athletes, seedOf(input));
    const seasons: Record<Preset, Rates>[] = [];
    for (let season = 0; season < input.seasons; season++) {
      const simulated = athletes.map((athlete, i): ScoredAthlete => {
        const columns = draw(athlete, i);
        return columns ? { columns, scored: scoreColumns(columns, input) } : athlete;
      });
      seasons.push(byPreset((preset) => ratesOf(tallyOf(simulated, preset, period))));
      yield { done: ++done, of: MODELS.length * input.seasons };
    }
    found.push(byPreset((preset) => chanceRates(seasons.map((season) => season[preset]))));
  }
  return byPreset((preset) => found.map((rates) => rates[preset]).reduce(louder));
}

/** Draws a season for an athlete, one after the other; null for those whose readings are too few to model. */
function seasonOf(model: Model, athletes: readonly ScoredAthlete[], seed: number) {
  const models = athleteModels(athletes.map(({ scored }) => scored.gated.x));
  const normal = normalStream(seed);
  const uniform = uniformStream(seed);
  return ({ columns, scored }: ScoredAthlete, i: number): DayColumns | null => {
    const own = models[i];
    if (!own) return null;
    return model === "autoregressive"
      ? quietSeason(columns, scored.gated.x, own, normal)
      : resampledSeason(columns, scored.gated.x, uniform);
  };
}

function louder(a: ChanceRates, b: ChanceRates): ChanceRates {
  return b.flaggedShare.mean > a.flaggedShare.mean ? b : a;
}

function chanceRates(seasons: readonly Rates[]): ChanceRates {
  const figure = (name: keyof Rates) => intervalOf(seasons.map((season) => season[name]));
  return {
    mails: figure("mails"),
    mailsPerWeek: figure("mailsPerWeek"),
    episodes: figure("episodes"),
    episodesPerAthleteMonth: figure("episodesPerAthleteMonth"),
    flaggedPerMorning: figure("flaggedPerMorning"),
    flaggedShare: figure("flaggedShare"),
  };
}

function intervalOf(values: readonly number[]): Chance {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  return { mean, low: at(TAIL), high: at(1 - TAIL) };
}
