/** A recorded series at fewer, evenly spaced points. */
export type Series = { stepS: number; values: (number | null)[] };

/**
 * Means of equal stretches, at most `most` of them; a stretch without a single value stays null. Pure.
 * @param rateS seconds between two recorded values
 */
export function downsample(values: readonly (number | null)[], rateS: number, most: number): Series {
  const width = Math.max(1, Math.ceil(values.length / most));
  const means: (number | null)[] = [];
  for (let from = 0; from < values.length; from += width) {
    means.push(meanOf(values.slice(from, from + width)));
  }
  return { stepS: rateS * width, values: means };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 100) / 100;
}
