import { scoreColumns } from "../score-columns";
import type { Preset } from "../types";
import { byPreset, type Progress, prepare, type SeasonsInput, seedOf } from "./prepare";
import { normalStream } from "./random";
import { type Rates, ratesOf } from "./rates";
import { athleteModels, quietSeason } from "./season";
import { type ScoredAthlete, tallyOf } from "./tally";

/** Mean over the simulated seasons and the interval that holds 90 % of them. */
type Chance = { mean: number; low: number; high: number };
export type ChanceRates = Record<keyof Rates, Chance>;

const TAIL = 0.05;

/**
 * What each preset would tell this squad if nothing ever changed: seasons drawn from each athlete's own mean, SD and
 * autocorrelation, with the athlete's own gaps and real loads. Yields after every season; the same input gives the same
 * figures. Athletes with fewer than 14 valid nights keep their own readings. Method: docs/method/false-alarms.md.
 */
export function* chance(input: SeasonsInput): Generator<Progress, Record<Preset, ChanceRates>, void> {
  const { athletes, period } = prepare(input);
  const models = athleteModels(athletes.map(({ scored }) => scored.gated.x));
  const normal = normalStream(seedOf(input));
  const seasons: Record<Preset, Rates>[] = [];
  for (let season = 0; season < input.seasons; season++) {
    const simulated = athletes.map((athlete, i): ScoredAthlete => {
      const model = models[i];
      if (!model) return athlete;
      const columns = quietSeason(athlete.columns, athlete.scored.gated.x, model, normal);
      return { columns, scored: scoreColumns(columns, input) };
    });
    seasons.push(byPreset((preset) => ratesOf(tallyOf(simulated, preset, period))));
    yield { done: season + 1, of: input.seasons };
  }
  return byPreset((preset) => chanceRates(seasons.map((season) => season[preset])));
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
