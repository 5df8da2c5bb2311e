import type { Evidence } from "@/lib/readiness/evidence";

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
