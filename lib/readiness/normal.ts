import tCdf from "@stdlib/stats-base-dists-t-cdf";

/** Share of a standard normal distribution below z. Student's t with 10^12 degrees of freedom differs by less than 1e-11. */
export function normalCdf(z: number): number {
  return tCdf(z, 1e12);
}
