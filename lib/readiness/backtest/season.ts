import type { DayColumns } from "../columns";
import type { NormalStream } from "./random";

/** An athlete's usual readings: mean and SD of x = ln RMSSD, and how much of a day's deviation the next day keeps. */
export type AthleteModel = { mean: number; sd: number; autocorrelation: number };

/** Neighbouring nights as strong as this many pairs pull an athlete's autocorrelation towards the squad's. */
const SHRINKING_PAIRS = 30;
const HIGHEST_AUTOCORRELATION = 0.9;
const FEWEST_NIGHTS = 14;

type Moments = { n: number; mean: number; variance: number; pairs: number; covariance: number };

/**
 * A first-order autoregressive model for each athlete's valid x (NaN where none); null with fewer than 14 nights.
 * Autocorrelation is estimated from neighbouring nights and shrunk towards the squad's.
 */
export function athleteModels(series: readonly Float64Array[]): (AthleteModel | null)[] {
  const moments = series.map(momentsOf);
  const usable = moments.filter((athlete) => athlete.n >= FEWEST_NIGHTS && athlete.variance > 0);
  const pairs = usable.reduce((sum, athlete) => sum + athlete.pairs, 0);
  const squad =
    pairs > 0 ? usable.reduce((sum, { covariance, variance }) => sum + covariance / variance, 0) / pairs : 0;
  return moments.map((athlete) => {
    if (!usable.includes(athlete)) return null;
    const own = athlete.covariance / athlete.variance;
    const shrunk = (own + SHRINKING_PAIRS * squad) / (athlete.pairs + SHRINKING_PAIRS);
    const autocorrelation = Math.min(HIGHEST_AUTOCORRELATION, Math.max(0, shrunk));
    return { mean: athlete.mean, sd: Math.sqrt(athlete.variance), autocorrelation };
  });
}

/**
 * A season in which nothing happened: the athlete's own days, gaps, loads, devices and tags, with readings drawn from
 * the model. RMSSD in ms.
 */
export function quietSeason(
  columns: DayColumns,
  x: Float64Array,
  model: AthleteModel,
  normal: NormalStream,
): DayColumns {
  const { mean, sd, autocorrelation } = model;
  const innovation = Math.sqrt(1 - autocorrelation ** 2);
  const rmssdMs = new Float64Array(columns.length);
  let deviation = normal();
  for (let t = 0; t < columns.length; t++) {
    if (t > 0) deviation = autocorrelation * deviation + innovation * normal();
    rmssdMs[t] = Number.isNaN(x[t]) ? Number.NaN : Math.exp(mean + sd * deviation);
  }
  return { ...columns, rmssdMs };
}

/** Days after which a block of resampled nights ends, on average: as long as the window of the weekly mean. */
const MEAN_BLOCK = 7;

/**
 * As `quietSeason`, with the athlete's own deviations from the mean in place of drawn ones, resampled in blocks: it keeps
 * whatever shape and likeness neighbouring nights have. Blocks begin at random nights and end with probability 1/7 a
 * night, the last night followed by the first: the stationary bootstrap, Politis & Romano 1994, J Am Stat Assoc 89:1303.
 */
export function resampledSeason(columns: DayColumns, x: Float64Array, uniform: () => number): DayColumns {
  const values = x.filter((value) => !Number.isNaN(value));
  const rmssdMs = new Float64Array(columns.length).fill(Number.NaN);
  let from = Math.floor(uniform() * values.length);
  for (let t = 0; t < columns.length; t++) {
    if (Number.isNaN(x[t])) continue;
    rmssdMs[t] = Math.exp(values[from]!);
    from = uniform() < 1 / MEAN_BLOCK ? Math.floor(uniform() * values.length) : (from + 1) % values.length;
  }
  return { ...columns, rmssdMs };
}

/** `covariance` is the sum of products of neighbouring deviations, `variance` their mean square (n - 1). */
function momentsOf(x: Float64Array): Moments {
  const values = x.filter((value) => !Number.isNaN(value));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  let pairs = 0;
  let covariance = 0;
  for (let t = 1; t < x.length; t++) {
    const product = (x[t]! - mean) * (x[t - 1]! - mean);
    if (Number.isNaN(product)) continue;
    pairs++;
    covariance += product;
  }
  return { n: values.length, mean, variance, pairs, covariance };
}
