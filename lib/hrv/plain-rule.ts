import { medianOf } from "./rolling-quantile";
import { rmssdOf } from "./rr-summary";

export type PlainResult = {
  accepted: boolean[];
  acceptedShare: number;
  /** Differences between intervals that followed each other and were both accepted. */
  pairs: number;
  rmssdMs: number | null;
};

/** 240 to 20 beats a minute. */
const RANGE_MS = { min: 250, max: 3000 };
const NEIGHBOURS = 5;
const TOLERANCE = 0.2;
/** On the wave of a slow, deep breath: near the middle of the two beside, and no jump away from either. */
const WAVE = { fromMiddle: 0.15, fromEach: 0.35 };

/**
 * The plain 20 % rule: an interval is rejected outside of 250 to 3000 ms, or when it differs by more than a fifth from
 * the median of the five on either side of it, unless it lies on a wave: within 15 % of the mean of the two beside it
 * and within 35 % of each (breathing moves a slow heart by more than a fifth, a premature beat or its pause is a jump).
 * Nothing is bridged: a difference counts only between two accepted intervals that followed each other.
 * `isJoined(i)` is false where interval i did not follow the one before it.
 */
export function plainRule(
  rrMs: readonly number[],
  isJoined: (i: number) => boolean = () => true,
): PlainResult {
  const accepted = rrMs.map((rr, i) => inRange(rr) && (isNearMedian(rrMs, i) || isOnWave(rrMs, i)));
  const differences = rrMs.flatMap((rr, i) =>
    i > 0 && accepted[i] && accepted[i - 1] && isJoined(i) ? [rr - rrMs[i - 1]!] : [],
  );
  return {
    accepted,
    acceptedShare: rrMs.length > 0 ? accepted.filter(Boolean).length / rrMs.length : 0,
    pairs: differences.length,
    rmssdMs: rmssdOf(differences),
  };
}

function isNearMedian(rrMs: readonly number[], i: number): boolean {
  const before = rrMs.slice(Math.max(0, i - NEIGHBOURS), i);
  const around = [...before, ...rrMs.slice(i + 1, i + 1 + NEIGHBOURS)];
  return around.length > 0 && isWithin(rrMs[i]!, medianOf(around), TOLERANCE);
}

/** Whether an interval lies between the two beside it, near to both: as breathing moves it. */
export function isOnWave(rrMs: readonly number[], i: number): boolean {
  const rr = rrMs[i]!;
  const before = rrMs[i - 1];
  const after = rrMs[i + 1];
  if (before === undefined || after === undefined) return false;
  const isNear = (other: number) => isWithin(rr, other, WAVE.fromEach);
  return isWithin(rr, (before + after) / 2, WAVE.fromMiddle) && isNear(before) && isNear(after);
}

function inRange(rr: number): boolean {
  return rr >= RANGE_MS.min && rr <= RANGE_MS.max;
}

function isWithin(rr: number, reference: number, share: number): boolean {
  return Math.abs(rr - reference) / reference <= share;
}
