import { z } from "zod";
import { civilDate, maybeNumber, maybeText, number, time } from "./field";

const offsetMinutes = () => z.number().int().min(-1080).max(1080).nullish();

/** Times of SleepWise and biosensing periods are UTC without saying so. */
export const alertnessSchema = z.object({
  grade: maybeNumber(),
  grade_validity_seconds: maybeNumber(),
  grade_type: maybeText(),
  grade_classification: maybeText(),
  validity: maybeText(),
  sleep_inertia: maybeText(),
  sleep_type: maybeText(),
  result_type: maybeText(),
  period_start_time: time(),
  period_end_time: time().nullish(),
  sleep_timezone_offset_minutes: offsetMinutes(),
});

export const bedtimeSchema = z.object({
  validity: maybeText(),
  quality: maybeText(),
  result_type: maybeText(),
  period_start_time: time(),
  period_end_time: time().nullish(),
  preferred_sleep_period_start_time: time().nullish(),
  preferred_sleep_period_end_time: time().nullish(),
  sleep_gate_start_time: time().nullish(),
  sleep_gate_end_time: time().nullish(),
  sleep_timezone_offset_minutes: offsetMinutes(),
});

export const bodyTemperatureSchema = z.object({
  source_device_id: maybeText(),
  measurement_type: maybeText(),
  sensor_location: maybeText(),
  start_time: time(),
  end_time: time().nullish(),
  samples: z
    .array(z.object({ temperature_celsius: number(), recording_time_delta_milliseconds: number() }))
    .nullish(),
});

export const skinTemperatureSchema = z.object({
  sleep_time_skin_temperature_celsius: maybeNumber(),
  deviation_from_baseline_celsius: maybeNumber(),
  sleep_date: civilDate(),
});

export const skinContactSchema = z.object({
  source_device_id: maybeText(),
  start_time: time(),
  end_time: time().nullish(),
  skin_contact_changes: z
    .array(z.object({ skin_contact: z.boolean(), recording_time_delta_milliseconds: number() }))
    .nullish(),
});

const spotTest = {
  source_device_id: maybeText(),
  /** Seconds since 1970-01-01T00:00Z. */
  test_time: z.number().int().positive().max(4_102_444_800),
  time_zone_offset: offsetMinutes(),
  average_heart_rate_bpm: maybeNumber(),
  heart_rate_variability_ms: maybeNumber(),
};

export const ecgSchema = z.object({
  ...spotTest,
  heart_rate_variability_level: maybeText(),
  rri_ms: maybeNumber(),
  pulse_transit_time_systolic_ms: maybeNumber(),
  pulse_transit_time_diastolic_ms: maybeNumber(),
  samples: z.array(z.object({ recording_time_delta_ms: number(), amplitude_mv: number() })).nullish(),
});

export const spo2Schema = z.object({
  ...spotTest,
  test_status: maybeText(),
  blood_oxygen_percent: maybeNumber(),
  spo2_class: maybeText(),
  spo2_value_deviation_from_baseline: maybeText(),
  spo2_quality_average_percent: maybeNumber(),
  altitude_meters: maybeNumber(),
});
