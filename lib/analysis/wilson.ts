const Z_95 = 1.959963984540054;

/**
 * The 95 % interval of a share that was found in `hits` of `n` cases, without continuity correction; stays inside 0 to 1
 * and does not collapse at either end. Wilson 1927, J Am Stat Assoc 22:209, doi:10.1080/01621459.1927.10502953.
 * Throws RangeError unless 0 <= hits <= n are whole numbers and n is above 0.
 */
export function wilsonInterval(hits: number, n: number): { low: number; high: number } {
  if (!Number.isInteger(hits) || !Number.isInteger(n) || n < 1 || hits < 0 || hits > n)
    throw new RangeError("hits and n must be whole numbers, 0 <= hits <= n, n above 0");
  const share = hits / n;
  const square = Z_95 ** 2;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const reach = (Z_95 / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n ** 2));
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}
