import { isOnWave } from "./plain-rule";
import { medianOf, rollingQuantiles } from "./rolling-quantile";

/** Classes of Lipponen & Tarvainen: `missed` hides a beat, `extra` is one too many, the others have the wrong length. */
export type BeatClass = "normal" | "ectopic" | "long-or-short" | "missed" | "extra";

const ALPHA = 5.2;
const THRESHOLD_BEATS = 91;
const MEDIAN_BEATS = 11;
const ECTOPIC_SLOPE = 0.13;
const ECTOPIC_OFFSET = 0.17;
const MEDIAN_LIMIT = 3;
/** Of the median size of a step: where steps are normally distributed, 5.2 quartile deviations are just that. */
const MEDIAN_STEPS = 3.2;
/** Of the median interval: what a strap's resolution, or an even rhythm, may not turn into an artefact. */
const LEAST_THRESHOLD = 0.04;
/** From the local median: further off is no beat, however uneven the recording. */
const GROSS = 0.5;
/** Intervals of usual length put before the first and after the last, so that these have neighbours on both sides. */
const PADDING = 2;
const END_BEATS = 5;

/**
 * The class of every interval, the first and the last included. Lipponen & Tarvainen 2019, J Med Eng Technol 43:173,
 * doi:10.1080/03091902.2019.1640306: successive differences and differences from a local median, each in units of a
 * threshold that follows the recording (5.2 quartile deviations over 91 beats). Other than in the paper the threshold
 * is at most 3.2 medians, which premature beats at regular distances hardly raise, and at least 4 % of the median interval;
 * and what is more than half off the local median, and on no wave of breath, is an artefact even where so many are that the threshold hides them.
 */
export function classifyBeats(rrMs: readonly number[]): BeatClass[] {
  if (rrMs.length === 0) return [];
  const padded = [
    ...Array<number>(PADDING).fill(medianOf(rrMs.slice(0, END_BEATS))),
    ...rrMs,
    ...Array<number>(PADDING).fill(medianOf(rrMs.slice(-END_BEATS))),
  ];
  return classifyInner(padded).slice(PADDING, -PADDING);
}

function classifyInner(rrMs: readonly number[]): BeatClass[] {
  const classes: BeatClass[] = rrMs.map(() => "normal");
  const signals = signalsOf(rrMs);
  for (let i = 0; i < rrMs.length - 2; i++) {
    if (Math.abs(signals.step[i]!) <= 1) continue;
    if (isEctopic(signals, i)) {
      classes[i] = "ectopic";
      continue;
    }
    for (const j of candidates(signals.step, i)) {
      const found = classAt(rrMs, signals, j);
      if (found !== "normal") classes[j] = found;
    }
  }
  return classes.map((beat, i) =>
    beat === "normal" && !isOnWave(rrMs, i) ? grossClass(rrMs[i]!, signals.median[i]!) : beat,
  );
}

function grossClass(rr: number, median: number): BeatClass {
  if (Math.abs(rr - median) <= GROSS * median) return "normal";
  return Math.abs(rr / 2 - median) <= LEAST_THRESHOLD * median ? "missed" : "long-or-short";
}

type Signals = {
  /** Successive differences in units of their threshold, and their neighbourhoods in the paper's two planes. */
  step: number[];
  s12: number[];
  s22: number[];
  /** Differences from the local median in units of their threshold; short ones count double. */
  offset: number[];
  median: number[];
  offsetThreshold: number[];
};

function signalsOf(rrMs: readonly number[]): Signals {
  const least = LEAST_THRESHOLD * medianOf(rrMs);
  const rawStep = rrMs.map((rr, i) => (i === 0 ? 0 : rr - rrMs[i - 1]!));
  const step = inUnitsOf(rawStep, thresholdOf(rawStep, least));
  const { median } = rollingQuantiles(rrMs, MEDIAN_BEATS, { median: 0.5 });
  const rawOffset = rrMs.map((rr, i) => (rr < median[i]! ? 2 : 1) * (rr - median[i]!));
  const offsetThreshold = thresholdOf(rawOffset, least);
  const at = (i: number) => step[i < 0 ? -i : i >= step.length ? 2 * step.length - 2 - i : i] ?? 0;
  return {
    step,
    s12: step.map((s, i) =>
      s > 0 ? Math.max(at(i - 1), at(i + 1)) : s < 0 ? Math.min(at(i - 1), at(i + 1)) : 0,
    ),
    s22: step.map((s, i) => (s >= 0 ? Math.min(at(i + 1), at(i + 2)) : Math.max(at(i + 1), at(i + 2)))),
    offset: inUnitsOf(rawOffset, offsetThreshold),
    median,
    offsetThreshold,
  };
}

function thresholdOf(values: readonly number[], least: number): number[] {
  const shares = { lower: 0.25, middle: 0.5, upper: 0.75 };
  const { lower, middle, upper } = rollingQuantiles(values.map(Math.abs), THRESHOLD_BEATS, shares);
  return middle.map((size, i) =>
    Math.max(least, Math.min((ALPHA * (upper[i]! - lower[i]!)) / 2, MEDIAN_STEPS * size)),
  );
}

function inUnitsOf(values: readonly number[], threshold: readonly number[]): number[] {
  return values.map((value, i) => (value === 0 ? 0 : value / threshold[i]!));
}

function isEctopic({ step, s12 }: Signals, i: number): boolean {
  const limit = ECTOPIC_SLOPE * Math.abs(step[i]!) + ECTOPIC_OFFSET;
  return step[i]! > 0 ? s12[i]! < -limit : s12[i]! > limit;
}

// The beat after a jump may be the wrong one.
function candidates(step: readonly number[], i: number): number[] {
  return Math.abs(step[i + 1]!) < Math.abs(step[i + 2]!) ? [i, i + 1] : [i];
}

function classAt(rrMs: readonly number[], signals: Signals, j: number): BeatClass {
  const long = signals.step[j]! > 1 && signals.s22[j]! < -1;
  const short = signals.step[j]! < -1 && signals.s22[j]! > 1;
  if (!long && !short && Math.abs(signals.offset[j]!) <= MEDIAN_LIMIT) return "normal";
  const isNearMedian = (rr: number) => Math.abs(rr - signals.median[j]!) < signals.offsetThreshold[j]!;
  if (short && isNearMedian(rrMs[j]! + rrMs[j + 1]!)) return "extra";
  if (long && isNearMedian(rrMs[j]! / 2)) return "missed";
  return "long-or-short";
}
