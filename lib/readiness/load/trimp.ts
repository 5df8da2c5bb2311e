import type { Sex } from "../../wearables/types";

export type HeartRateRange = { hrRestBpm: number; hrMaxBpm: number };

/** Heart rates at a fixed interval, bpm; a value that is not positive is a lost sample. */
export type HeartRateSamples = { bpm: readonly number[]; intervalS: number };

const WEIGHT = { male: { a: 0.64, b: 1.92 }, female: { a: 0.86, b: 1.67 } } as const;

/** Lower bounds of Edwards' zones 1 to 5, as shares of the maximal heart rate. */
const ZONE_BOUNDS = [0.5, 0.6, 0.7, 0.8, 0.9] as const;

/**
 * Banister's training impulse of `minutes` at one heart rate, arbitrary units: minutes x r x a exp(b r), r the share of
 * the heart-rate reserve, held to 0..1. Banister 1991; Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171.
 * Throws RangeError when the maximal heart rate is not above the resting one.
 */
export function banisterTrimp(input: HeartRateRange & { minutes: number; hrBpm: number; sex: Sex }): number {
  const { a, b } = WEIGHT[input.sex];
  const reserve = reserveShare(input.hrBpm, input);
  return input.minutes * reserve * a * Math.exp(b * reserve);
}

/** Banister's impulse sample by sample: never below the figure from the mean heart rate, since effort weighs more than in proportion. */
export function banisterOfSamples(input: HeartRateRange & { samples: HeartRateSamples; sex: Sex }): number {
  const minutes = input.samples.intervalS / 60;
  const { hrRestBpm, hrMaxBpm, sex } = input;
  return sumOf(input.samples, (hrBpm) => banisterTrimp({ hrRestBpm, hrMaxBpm, sex, minutes, hrBpm }));
}

/** Edwards' load, arbitrary units: minutes in each of five zones of the maximal heart rate (50-60 … 90-100 %), times 1 to 5. */
export function edwardsOfSamples(input: { samples: HeartRateSamples; hrMaxBpm: number }): number {
  const minutes = input.samples.intervalS / 60;
  const zoneOf = (hrBpm: number) => ZONE_BOUNDS.filter((bound) => hrBpm >= bound * input.hrMaxBpm).length;
  return sumOf(input.samples, (hrBpm) => minutes * zoneOf(hrBpm));
}

/** Session RPE, arbitrary units: perceived exertion (0 to 10) x minutes. Foster 2001, J Strength Cond Res 15:109. */
export function sessionRpe(input: { rpe: number; minutes: number }): number {
  return input.rpe * input.minutes;
}

function reserveShare(hrBpm: number, { hrRestBpm, hrMaxBpm }: HeartRateRange): number {
  if (!(hrMaxBpm > hrRestBpm)) throw new RangeError("the maximal heart rate must lie above the resting one");
  return Math.min(1, Math.max(0, (hrBpm - hrRestBpm) / (hrMaxBpm - hrRestBpm)));
}

/** A session has thousands of samples and some hundred heart rates: each is weighed once, times how often it came. */
function sumOf({ bpm }: HeartRateSamples, loadOf: (hrBpm: number) => number): number {
  const counts = new Map<number, number>();
  for (const hrBpm of bpm) if (hrBpm > 0) counts.set(hrBpm, (counts.get(hrBpm) ?? 0) + 1);
  let sum = 0;
  for (const [hrBpm, count] of counts) sum += count * loadOf(hrBpm);
  return sum;
}
