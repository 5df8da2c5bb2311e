import type { Night, Normalised } from "@/lib/wearables/types";
import { nightlyRechargeSchema } from "../schemas/night";
import { readTolerantly } from "../schemas/tolerant";
import { clockOfWakingDate, minuteSeries } from "./minute-map";
import { isPlausibleDate } from "./plausible-date";
import { openDoor } from "./value";

/** A Nightly Recharge of Polar's; `rmssdMs` is its `heart_rate_variability_avg`. */
export function normaliseNight(json: unknown, fetchedAt: string): Normalised<Night> {
  const { value: night, rejected } = readTolerantly(nightlyRechargeSchema, json);
  if (!night) return { values: [], rejected };
  if (!isPlausibleDate(night.date, fetchedAt))
    return { values: [], rejected: [...rejected, { path: "date", reason: "out-of-range" }] };
  const door = openDoor(rejected);
  const clockFor = (minutes: readonly number[]) => clockOfWakingDate(night.date, minutes);
  const rmssd = minuteSeries({ map: night.hrv_samples, name: "hrv_samples", quantity: "rmssdMs", clockFor });
  const breathing = minuteSeries({
    map: night.breathing_samples,
    name: "breathing_samples",
    quantity: "breathingPerMin",
    clockFor,
  });
  const value: Night = {
    date: night.date,
    metric: "rmssd-night-window",
    rmssdMs: door.aboveZero("rmssdMs", night.heart_rate_variability_avg, "heart_rate_variability_avg"),
    heartRateBpm: door.aboveZero("heartRateBpm", night.heart_rate_avg, "heart_rate_avg"),
    beatToBeatMs: door.aboveZero("beatToBeatMs", night.beat_to_beat_avg, "beat_to_beat_avg"),
    breathingPerMin: door.aboveZero("breathingPerMin", night.breathing_rate_avg, "breathing_rate_avg"),
    ansCharge: door.signed("ansCharge", night.ans_charge, "ans_charge"),
    ansChargeStatus: door.code(night.ans_charge_status, "ans_charge_status"),
    rechargeStatus: door.code(night.nightly_recharge_status, "nightly_recharge_status"),
    rmssdSeries: rmssd.series,
    breathingSeries: breathing.series,
  };
  return { values: [value], rejected: [...rejected, ...rmssd.rejected, ...breathing.rejected] };
}
