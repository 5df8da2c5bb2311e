import { rmssdOf } from "./rr-summary";

export type MalikResult = {
  accepted: boolean[];
  acceptedShare: number;
  /** Differences between beats that are neighbours in the recording and both accepted. */
  pairs: number;
  rmssdMs: number | null;
};

const RANGE_MS = { min: 300, max: 2000 };
const TOLERANCE = 0.2;
const FIRST_BEATS = 11;

/**
 * The 20 % rule (Malik): a beat is rejected when it is outside of 300 to 2000 ms, or differs by more than a fifth from
 * the last accepted one. Nothing is bridged: a difference counts only between two accepted neighbours.
 */
export function malikFilter(rrMs: readonly number[]): MalikResult {
  let reference = firstReference(rrMs);
  const accepted = rrMs.map((rr) => {
    const keeps = inRange(rr) && reference !== undefined && isNear(rr, reference);
    if (keeps) reference = rr;
    return keeps;
  });
  const differences = rrMs.flatMap((rr, i) =>
    i > 0 && accepted[i] && accepted[i - 1] ? [rr - rrMs[i - 1]!] : [],
  );
  return {
    accepted,
    acceptedShare: rrMs.length > 0 ? accepted.filter(Boolean).length / rrMs.length : 0,
    pairs: differences.length,
    rmssdMs: rmssdOf(differences),
  };
}

// A recording may begin with an artefact: the first beats' median says which one to start from.
function firstReference(rrMs: readonly number[]): number | undefined {
  const usable = rrMs.filter(inRange);
  const start = usable.slice(0, FIRST_BEATS).toSorted((a, b) => a - b);
  if (start.length === 0) return undefined;
  const half = start.length >> 1;
  const median = start.length % 2 ? start[half]! : (start[half - 1]! + start[half]!) / 2;
  return usable.find((rr) => isNear(rr, median));
}

function inRange(rr: number): boolean {
  return rr >= RANGE_MS.min && rr <= RANGE_MS.max;
}

function isNear(rr: number, reference: number): boolean {
  return Math.abs(rr - reference) / reference <= TOLERANCE;
}
