import { z } from "zod";
import { civilDate, maybeNumber, maybeText, time } from "./field";

/** `HH:MM` → value; single entries are judged one by one, so that a bad sample costs no night. */
const minuteMap = () => z.record(z.string(), z.unknown()).nullish();

/** One night of `/v3/users/sleep`; durations in seconds. */
export const sleepSchema = z.object({
  date: civilDate(),
  sleep_start_time: time(),
  sleep_end_time: time(),
  device_id: maybeText(),
  continuity: maybeNumber(),
  continuity_class: maybeNumber(),
  light_sleep: maybeNumber(),
  deep_sleep: maybeNumber(),
  rem_sleep: maybeNumber(),
  unrecognized_sleep_stage: maybeNumber(),
  sleep_score: maybeNumber(),
  total_interruption_duration: maybeNumber(),
  sleep_charge: maybeNumber(),
  sleep_goal: maybeNumber(),
  sleep_rating: maybeNumber(),
  short_interruption_duration: maybeNumber(),
  long_interruption_duration: maybeNumber(),
  sleep_cycles: maybeNumber(),
  group_duration_score: maybeNumber(),
  group_solidity_score: maybeNumber(),
  group_regeneration_score: maybeNumber(),
  hypnogram: minuteMap(),
  heart_rate_samples: minuteMap(),
});

/** One night of `/v3/users/nightly-recharge`; `heart_rate_variability_avg` is RMSSD in ms over four hours of sleep. */
export const nightlyRechargeSchema = z.object({
  date: civilDate(),
  heart_rate_avg: maybeNumber(),
  beat_to_beat_avg: maybeNumber(),
  heart_rate_variability_avg: maybeNumber(),
  breathing_rate_avg: maybeNumber(),
  nightly_recharge_status: maybeNumber(),
  ans_charge: maybeNumber(),
  ans_charge_status: maybeNumber(),
  hrv_samples: minuteMap(),
  breathing_samples: minuteMap(),
});
