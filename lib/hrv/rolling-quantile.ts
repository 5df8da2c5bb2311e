/** Quantile of the values in a centred window of `width`, cut off at the ends; linear between order statistics. */
export function rollingQuantile(values: readonly number[], width: number, share: number): number[] {
  const reach = (width - 1) / 2;
  return values.map((_, i) => quantile(values.slice(Math.max(0, i - reach), i + reach + 1), share));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
