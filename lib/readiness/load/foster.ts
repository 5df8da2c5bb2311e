export type Monotony = { monotony: number; strain: number };

/**
 * Monotony (mean / SD of daily load) and strain (weekly sum x monotony) of seven days, rest days as 0; null when a day
 * is unknown or all days are alike. Sample SD (n - 1). Foster 1998, Med Sci Sports Exerc 30:1164.
 */
export function fosterWeek(week: readonly (number | null)[]): Monotony | null {
  const known = week.filter((load) => load !== null);
  if (week.length !== 7 || known.length !== 7) return null;
  const sum = known.reduce((total, load) => total + load, 0);
  const sd = Math.sqrt(known.reduce((total, load) => total + (load - sum / 7) ** 2, 0) / 6);
  const alike = known.every((load) => load === known[0]);
  return alike ? null : { monotony: sum / 7 / sd, strain: (sum * sum) / 7 / sd };
}
