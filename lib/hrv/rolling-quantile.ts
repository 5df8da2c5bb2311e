/**
 * Quantiles of the values in a centred window of `width`, cut off at the ends; linear between order statistics. The
 * window is kept sorted, so that the work grows with the number of values alone.
 */
export function rollingQuantiles<Name extends string>(
  values: readonly number[],
  width: number,
  shares: Record<Name, number>,
): Record<Name, number[]> {
  const reach = (width - 1) / 2;
  const names = Object.keys(shares) as Name[];
  const result = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const sorted = values.slice(0, reach).toSorted((a, b) => a - b);
  for (let i = 0; i < values.length; i++) {
    const entering = values[i + reach];
    if (entering !== undefined) sorted.splice(placeOf(sorted, entering), 0, entering);
    const leaving = values[i - reach - 1];
    if (leaving !== undefined) sorted.splice(placeOf(sorted, leaving), 1);
    for (const name of names) result[name].push(quantile(sorted, shares[name]));
  }
  return result;
}

/** Median of a series; linear between the middle two. */
export function medianOf(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

/** Where the first value not below the given one stands. */
function placeOf(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function quantile(sorted: readonly number[], share: number): number {
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
