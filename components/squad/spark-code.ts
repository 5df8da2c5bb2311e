import type { SparkView } from "@/lib/services/squads/view-model";

/** Sixty nights as text, one character a day from the oldest on: what a row sends to the browser instead of a drawing. */
export type SparkCode = {
  /** Each night by itself. */
  nights: string;
  /** Each mean by its distance from the one before: it moves little, so that few characters recur. */
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
  return {
    nights: encodeNights(spark.nights),
    mean7: encodeMean(spark.mean7),
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

/** Means in steps of 1 / MEAN_STEPS own SD, oldest first; null where there is none. */
export function decodeMean(text: string): (number | null)[] {
  let last = 0;
  return Array.from(text, (character) => {
    if (character === NONE) return null;
    last += ALPHABET.indexOf(character) - ZERO;
    return last;
  });
}

function encodeNights(values: readonly (number | null)[]): string {
  return values.map((s) => (s === null ? NONE : ALPHABET[ZERO + stepsOf(s, NIGHT_STEPS)])).join("");
}

function encodeMean(values: readonly (number | null)[]): string {
  let last = 0;
  let text = "";
  for (const s of values) {
    if (s === null) {
      text += NONE;
      continue;
    }
    // A leap too far for one character is caught up with on the next day.
    const step = Math.max(-ZERO, Math.min(ALPHABET.length - 1 - ZERO, stepsOf(s, MEAN_STEPS) - last));
    last += step;
    text += ALPHABET[ZERO + step];
  }
  return text;
}

function stepsOf(s: number, perS: number): number {
  return Math.round(Math.max(-FARTHEST_S, Math.min(FARTHEST_S, s)) * perS);
}
