/** The middle of a baseline and its lower and upper edge, ms; from mean and SD of ln RMSSD. Unknown without them. */
export function bandMs(
  mean: number | null,
  sd: number | null,
): [middleMs: number | null, fromMs: number | null, toMs: number | null] {
  if (mean === null || sd === null) return [null, null, null];
  return [Math.exp(mean), Math.exp(mean - sd), Math.exp(mean + sd)];
}
