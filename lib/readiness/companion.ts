import { MEAN7 } from "./constants";
import type { ScoredSeries } from "./score";
import type { ScoredColumns } from "./score-columns";
import type { Companion, HeartRatePattern } from "./types";

/** Heart rate of the day at `index` against its own baseline. Altini & Plews 2021, doi:10.3390/s21237932: it and HRV mostly move in opposite directions. */
export function companionAt({ columns, scored, heartRate }: ScoredSeries, index: number): Companion {
  const mean = heartRate.mean[index]!;
  const sd = heartRate.sd[index]!;
  const z = sd > 0 ? (columns.heartRateBpm[index]! - mean) / sd : Number.NaN;
  return {
    heartRate: { n: heartRate.n[index]!, mean: nullIfNaN(mean), sd: nullIfNaN(sd) },
    zHr: nullIfNaN(z),
    pattern: patternOf(scored.rules.z[index]!, z),
  };
}

/**
 * 100 x SD of the valid x of the seven days that end at `index` (n - 1): in percent, whatever the unit of RMSSD, since x
 * is a logarithm. Null below 4 of them.
 */
export function sd7PercentAt({ starts, gated: { x } }: ScoredColumns, index: number): number | null {
  const from = Math.max(starts[index]!, index - MEAN7.days + 1);
  let n = 0;
  let sum = 0;
  let first = Number.NaN;
  for (let day = from; day <= index; day++) {
    if (Number.isNaN(x[day])) continue;
    if (n === 0) first = x[day]!;
    n++;
    sum += x[day]! - first;
  }
  if (n < MEAN7.minValid) return null;
  const mean = sum / n;
  let squares = 0;
  for (let day = from; day <= index; day++) {
    if (!Number.isNaN(x[day])) squares += (x[day]! - first - mean) ** 2;
  }
  return 100 * Math.sqrt(squares / (n - 1));
}

function patternOf(z: number, zHr: number): HeartRatePattern | null {
  if (Number.isNaN(z) || Number.isNaN(zHr)) return null;
  if (z < -1 && zHr > 1) return "hr-up";
  return z < -1 && zHr < -1 ? "hr-down" : "usual";
}

function nullIfNaN(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
