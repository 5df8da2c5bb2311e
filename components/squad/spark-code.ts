import type { SparkView } from "@/lib/services/squads/view-model";

/** Sixty nights as text, one character a day from the oldest on: what a row sends to the browser instead of a drawing. */
export type SparkCode = {
  /** Each night by itself. */
  nights: string;
  /** Each mean by how far it lies from what the nights before it say: mostly nothing, which shrinks to almost nothing. */
  mean7: string;
  /** Days before the last one, and level, of each episode that began. */
  episodes: readonly (readonly [daysBefore: number, level: string])[];
  hasBand: boolean;
  count: number;
  meanMs: number;
};

export const SPARK_DAYS = 60;

/** Steps to one own SD: a pixel of the drawing for a night, less than half of one for the mean's line. */
export const NIGHT_STEPS = 4;
export const MEAN_STEPS = 80 / 9;

const NONE = " ";
// Printable characters that need no escape in JSON or HTML. Digits are frequent in the page anyway: they stand in the
// middle, where most nights are, so that they shrink best.
const ALPHABET = "!#$%()*+,-./:;=?@ABCDEFGHIJKLMNOPQRSTU0123456789VWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
const ZERO = ALPHABET.length >> 1;
const FARTHEST_S = 2.75;

/** Writes a sparkline as text. */
export function encodeSpark(spark: SparkView): SparkCode {
  const nights = encodeNights(spark.nights);
  return {
    nights,
    mean7: encodeMean(spark.mean7, decodeNights(nights)),
    episodes: spark.episodes.map(({ daysBefore, level }) => [daysBefore, level] as const),
    hasBand: spark.hasBand,
    count: spark.count,
    meanMs: spark.meanMs,
  };
}

/** Nights in steps of 1 / NIGHT_STEPS own SD, oldest first; null where there is none. */
export function decodeNights(text: string): (number | null)[] {
  return Array.from(text, (character) => (character === NONE ? null : ALPHABET.indexOf(character) - ZERO));
}

/**
 * Means in steps of 1 / MEAN_STEPS own SD, oldest first; null where there is none.
 * @param nights as `decodeNights` gives them
 */
export function decodeMean(text: string, nights: readonly (number | null)[]): (number | null)[] {
  return Array.from(text, (character, day) =>
    character === NONE ? null : expectedMean(nights, day) + ALPHABET.indexOf(character) - ZERO,
  );
}

/** What the drawn nights of the week up to a day say of its mean, in steps of the mean. */
function expectedMean(nights: readonly (number | null)[], day: number): number {
  const week = nights.slice(Math.max(0, day - 6), day + 1).filter((step) => step !== null);
  const sum = week.reduce((total, step) => total + step, 0);
  return week.length === 0 ? 0 : Math.round(((sum / week.length) * MEAN_STEPS) / NIGHT_STEPS);
}

function encodeNights(values: readonly (number | null)[]): string {
  return values.map((s) => (s === null ? NONE : ALPHABET[ZERO + stepsOf(s, NIGHT_STEPS)])).join("");
}

function encodeMean(values: readonly (number | null)[], nights: readonly (number | null)[]): string {
  return values
    .map((s, day) => {
      if (s === null) return NONE;
      const apart = stepsOf(s, MEAN_STEPS) - expectedMean(nights, day);
      return ALPHABET[ZERO + Math.max(-ZERO, Math.min(ALPHABET.length - 1 - ZERO, apart))];
    })
    .join("");
}

function stepsOf(s: number, perS: number): number {
  return Math.round(Math.max(-FARTHEST_S, Math.min(FARTHEST_S, s)) * perS);
}
