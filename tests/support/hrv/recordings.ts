import { seededRandom } from "./seeded";

/*
 * Invented recordings whose truth is known. `sinus` draws a heart that breathes: a wave of breath with a wandering
 * rate, a little noise, a slow drift; its RMSSD is the truth. The other functions spoil it as straps and hearts do.
 * The same seed always gives the same beats, on every machine.
 */

type Heart = {
  rrMs: number;
  rmssdMs: number;
  seed: number;
  beats?: number;
  /** Breaths a second. */
  breathHz?: number;
  /** Share of the variance of the differences that breathing makes. */
  breathing?: number;
};

/** Clean sinus rhythm, whole milliseconds. Four minutes unless said otherwise. */
export function sinus({ rrMs, rmssdMs, seed, ...rest }: Heart): number[] {
  const { beats = Math.round(240_000 / rrMs), breathHz = 0.22, breathing = 0.9 } = rest;
  const random = seededRandom(seed);
  let phase = random.uniform() * 2 * Math.PI;
  let rateHz = breathHz;
  let slow = 0;
  const wave: number[] = [];
  const noise: number[] = [];
  const drift: number[] = [];
  for (let i = 0; i < beats; i++) {
    rateHz += 0.1 * (breathHz - rateHz) + 0.008 * random.normal();
    phase += 2 * Math.PI * Math.max(0.08, rateHz) * (rrMs / 1000);
    slow = 0.97 * slow + random.normal();
    wave.push(Math.sin(phase));
    noise.push(random.normal());
    drift.push(0.004 * rrMs * slow);
  }
  const scaled = (values: number[], toMs: number) => {
    const factor = toMs / rmssd(values);
    return values.map((value) => value * factor);
  };
  const breath = scaled(wave, rmssdMs * Math.sqrt(breathing));
  const other = scaled(noise, rmssdMs * Math.sqrt(1 - breathing));
  return breath.map((value, i) => Math.round(rrMs + value + other[i]! + drift[i]!));
}

/** A premature beat every so many, early by a share of its interval, with its full pause after it. */
export function prematureEvery(rr: readonly number[], every: number, early: number): number[] {
  const spoilt = [...rr];
  for (let i = every - 1; i + 1 < rr.length; i += every) {
    const byMs = Math.round(early * rr[i]!);
    spoilt[i] = rr[i]! - byMs;
    spoilt[i + 1] = rr[i + 1]! + byMs;
  }
  return spoilt;
}

/** Beats that the strap did not see: two intervals become one. */
export function missed(rr: readonly number[], share: number, seed: number): number[] {
  const random = seededRandom(seed);
  const spoilt: number[] = [];
  for (const [i, value] of rr.entries()) {
    if (i > 0 && random.uniform() < share) spoilt.push(spoilt.pop()! + value);
    else spoilt.push(value);
  }
  return spoilt;
}

/** Beats that were none: an interval becomes two. */
export function extra(rr: readonly number[], share: number, seed: number): number[] {
  const random = seededRandom(seed);
  return rr.flatMap((value) => {
    if (random.uniform() >= share) return [value];
    const first = Math.round(value * (0.3 + 0.4 * random.uniform()));
    return [first, value - first];
  });
}

/** A rhythm without one, as in atrial fibrillation: every interval drawn for itself. */
export function fibrillation(heart: { rrMs: number; variation: number; seed: number }): number[] {
  const random = seededRandom(heart.seed);
  const beats = Math.round(240_000 / heart.rrMs);
  const draw = () => heart.rrMs * Math.max(0.4, 1 + heart.variation * random.normal());
  return Array.from({ length: beats }, () => Math.round(draw()));
}

/** One interval made longer or shorter; `at` counts from the end when negative. */
export function oneWrong(rr: readonly number[], at: number, factor: number): number[] {
  const index = at < 0 ? rr.length + at : at;
  return rr.map((value, i) => (i === index ? Math.round(value * factor) : value));
}

export function rmssd(rr: readonly number[]): number {
  const squares = rr.slice(1).map((value, i) => (value - rr[i]!) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
