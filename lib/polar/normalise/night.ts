import type { Night, Normalised } from "@/lib/wearables/types";
import { nightlyRechargeSchema } from "../schemas/night";
import { readTolerantly } from "../schemas/tolerant";
import { clockOfWakingDate, minuteSeries } from "./minute-map";
import { isPlausibleDate } from "./plausible-date";
import { aboveZero } from "./value";

/** ANS charge lies between -10 and 10; anything else is a sentinel. */
function ansCharge(value: number | null | undefined): number | null {
  return value === null || value === undefined || Math.abs(value) > 10 ? null : value;
}

/** A Nightly Recharge of Polar's; `rmssdMs` is its `heart_rate_variability_avg`. */
export function normaliseNight(json: unknown, fetchedAt: string): Normalised<Night> {
  const { value: night, rejected } = readTolerantly(nightlyRechargeSchema, json);
  if (!night) return { values: [], rejected };
  if (!isPlausibleDate(night.date, fetchedAt))
    return { values: [], rejected: [...rejected, { path: "date", reason: "out-of-range" }] };
  const clockFor = (minutes: readonly number[]) => clockOfWakingDate(night.date, minutes);
  const rmssd = minuteSeries({ map: night.hrv_samples, name: "hrv_samples", clockFor });
  const breathing = minuteSeries({ map: night.breathing_samples, name: "breathing_samples", clockFor });
  const value: Night = {
    date: night.date,
    rmssdMs: aboveZero(night.heart_rate_variability_avg),
    heartRateBpm: aboveZero(night.heart_rate_avg),
    beatToBeatMs: aboveZero(night.beat_to_beat_avg),
    breathingPerMin: aboveZero(night.breathing_rate_avg),
    ansCharge: ansCharge(night.ans_charge),
    ansChargeStatus: aboveZero(night.ans_charge_status),
    rechargeStatus: aboveZero(night.nightly_recharge_status),
    rmssdSeries: rmssd.series,
    breathingSeries: breathing.series,
  };
  return { values: [value], rejected: [...rejected, ...rmssd.rejected, ...breathing.rejected] };
}
