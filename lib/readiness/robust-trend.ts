import { normalCdf } from "./normal";

export type MannKendall = {
  n: number;
  /** Later above earlier, minus later below earlier, over all pairs. */
  s: number;
  varS: number;
  z: number;
  pTwoSided: number;
  pOneSidedFalling: number;
};

const FEWEST = 4;

/**
 * Median of the slopes between all pairs of days, per day, gaps keeping their place; null below four values.
 * Sen 1968, J Am Stat Assoc 63:1379.
 */
export function theilSenSlope(values: readonly (number | null)[]): number | null {
  const points = values.flatMap((value, day) => (value === null ? [] : [{ value, day }]));
  if (points.length < FEWEST) return null;
  const slopes = points
    .flatMap((later, i) =>
      points.slice(0, i).map((earlier) => (later.value - earlier.value) / (later.day - earlier.day)),
    )
    .sort((a, b) => a - b);
  const half = slopes.length >> 1;
  return slopes.length % 2 ? slopes[half]! : (slopes[half - 1]! + slopes[half]!) / 2;
}

/**
 * Test for a monotone trend, normal approximation with the correction for ties and continuity; null below four values.
 * Mann 1945, Econometrica 13:245; Kendall 1975. With seven values p cannot fall below .0027.
 */
export function mannKendall(values: readonly (number | null)[]): MannKendall | null {
  const present = values.filter((value) => value !== null);
  const n = present.length;
  if (n < FEWEST) return null;
  const s = present.reduce(
    (sum, later, i) =>
      sum + present.slice(0, i).reduce((part, earlier) => part + Math.sign(later - earlier), 0),
    0,
  );
  const varS = (pairsWeight(n) - tieSizes(present).reduce((sum, size) => sum + pairsWeight(size), 0)) / 18;
  const z = varS > 0 ? (s - Math.sign(s)) / Math.sqrt(varS) : 0;
  return { n, s, varS, z, pTwoSided: 2 * normalCdf(-Math.abs(z)), pOneSidedFalling: normalCdf(z) };
}

function pairsWeight(n: number): number {
  return n * (n - 1) * (2 * n + 5);
}

function tieSizes(values: readonly number[]): number[] {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
}
