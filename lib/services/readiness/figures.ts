import { beside } from "@/lib/number-text";
import type { Evidence } from "@/lib/readiness/evidence";

type OfReading = Pick<Evidence, "baseline" | "rmssdMs">;

/**
 * A reading and the band of one SD around the usual, exp(mean ± SD), as a sentence tells them: whole ms, with decimals where
 * a reading outside of the band would look as if it were on its edge. Without a baseline the band is empty.
 */
export function readingBesideUsual(evidence: OfReading, locale: string) {
  const { mean, sd } = evidence.baseline;
  const ms = evidence.rmssdMs ?? 0;
  if (mean === null || sd === null) return { ms: beside(ms, [], locale), from: "", to: "" };
  const [from, to] = [Math.exp(mean - sd), Math.exp(mean + sd)];
  return {
    ms: beside(ms, [from, to], locale),
    from: beside(from, [ms], locale),
    to: beside(to, [ms], locale),
  };
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
