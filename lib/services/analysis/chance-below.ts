import tCdf from "@stdlib/stats-base-dists-t-cdf";

/**
 * Share of mornings with z below -1 although nothing changed: a new value against mean and SD of `baselineDays` earlier
 * ones follows Student's t on n - 1, widened by sqrt(1 + 1/n). About .163 with 60 days.
 */
export function chanceBelow(baselineDays: number): number {
  return tCdf(-1 / Math.sqrt(1 + 1 / baselineDays), baselineDays - 1);
}
