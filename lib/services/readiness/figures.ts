import type { Evidence } from "@/lib/readiness/evidence";
import { decimalsInSd } from "@/lib/readiness/rules";

/** The band of one SD around the usual, back on the scale of a reading: exp(mean ± SD) in whole ms. Null without a baseline. */
export function usualRangeMs(evidence: Pick<Evidence, "baseline">): { fromMs: number; toMs: number } | null {
  const { mean, sd } = evidence.baseline;
  if (mean === null || sd === null) return null;
  return { fromMs: Math.round(Math.exp(mean - sd)), toMs: Math.round(Math.exp(mean + sd)) };
}

/** Fitted change from the first to the last of the seven days, in the athlete's own SD; null where either is unknown. */
export function trendInSd(evidence: Pick<Evidence, "baseline" | "trend7">): number | null {
  const { sd } = evidence.baseline;
  const { slopePerDay } = evidence.trend7;
  return sd === null || sd === 0 || slopePerDay === null ? null : (slopePerDay * 6) / sd;
}

/** The heart rate of the reading, from where it lies in its own baseline; null where that is unknown. */
export function heartRateBpm({ companion }: Pick<Evidence, "companion">): number | null {
  const { heartRate, zHr } = companion;
  return zHr === null || heartRate.mean === null || heartRate.sd === null
    ? null
    : heartRate.mean + zHr * heartRate.sd;
}

/** A z, or a change in own SDs, with its sign, a real minus and the locale's decimal mark, as on every page. */
export function inSd(value: number, locale: string): string {
  return signedFormat(decimalsInSd(value), locale).format(value).replace("-", "−");
}

const formats = new Map<string, Intl.NumberFormat>();

// Making a format takes a hundred times as long as using it.
function signedFormat(digits: number, locale: string): Intl.NumberFormat {
  const key = `${locale} ${digits}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "exceptZero",
  });
  formats.set(key, made);
  return made;
}

/** The middle of a baseline and its lower and upper edge, ms; from mean and SD of ln RMSSD. Unknown without them. */
export function bandMs(mean: number | null, sd: number | null): (number | null)[] {
  if (mean === null || sd === null) return [null, null, null];
  return [Math.exp(mean), Math.exp(mean - sd), Math.exp(mean + sd)];
}
