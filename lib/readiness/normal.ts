import cdf from "@stdlib/stats-base-dists-normal-cdf";

/** Share of a standard normal distribution below z. */
export function normalCdf(z: number): number {
  return cdf(z, 0, 1);
}
