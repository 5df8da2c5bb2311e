import type { Night } from "../generate/night";
import { between, normal, randomFor, round } from "../random";

function naive(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19);
}

function has(night: Night, feature: "temperature" | "ecg" | "spo2"): boolean {
  return night.device.features.includes(feature);
}

function bodyTemperature(night: Night) {
  const random = randomFor("temperature", night.date, night.startMs);
  return {
    source_device_id: night.device.id,
    measurement_type: "TM_SKIN_TEMPERATURE",
    sensor_location: "SL_DISTAL",
    start_time: naive(night.startMs),
    end_time: naive(night.endMs),
    modified_time: naive(night.uploadedAt),
    samples: Array.from({ length: 8 }, (_, i) => ({
      temperature_celsius: round(34.6 + 0.4 * normal(random), 2),
      recording_time_delta_milliseconds: i * 3_000_000,
    })),
  };
}

/** Before a baseline exists the deviation is Polar's sentinel, -1000. */
function skinTemperature(night: Night) {
  const random = randomFor("skin", night.date, night.startMs);
  const deviation = round(0.3 * normal(random), 2);
  return {
    sleep_time_skin_temperature_celsius: round(34.4 + deviation, 2),
    deviation_from_baseline_celsius: night.nightNumber < 5 ? -1000.0 : deviation,
    sleep_date: night.date,
  };
}

function skinContacts(night: Night) {
  const lengthMs = night.endMs - night.startMs;
  return {
    source_device_id: night.device.id,
    start_time: naive(night.startMs),
    end_time: naive(night.endMs),
    modified_time: naive(night.uploadedAt),
    skin_contact_changes: [
      { skin_contact: true, recording_time_delta_milliseconds: 0 },
      { skin_contact: false, recording_time_delta_milliseconds: lengthMs },
    ],
  };
}

function ecg(night: Night) {
  const random = randomFor("ecg", night.date, night.startMs);
  const rate = night.restingHr + 8;
  return {
    source_device_id: night.device.id,
    test_time: Math.floor(night.endMs / 1000) + 900,
    time_zone_offset: night.offsetAt(night.endMs),
    average_heart_rate_bpm: rate,
    heart_rate_variability_ms: round(between(random, 25, 80), 1),
    heart_rate_variability_level: "ECG_HRV_LEVEL_USUAL",
    rri_ms: round(60_000 / rate, 1),
    pulse_transit_time_systolic_ms: round(between(random, 180, 220), 1),
    pulse_transit_time_diastolic_ms: round(between(random, 200, 250), 1),
    pulse_transit_time_quality_index: 92.0,
    samples: Array.from({ length: 130 }, (_, i) => ({
      recording_time_delta_ms: i * 8,
      amplitude_mv: round(i % 100 === 40 ? 1.1 : 0.05 * normal(random), 3),
    })),
    quality_measurements: [{ recording_time_delta_ms: 0, quality_level: "ECG_QUALITY_HIGH" }],
  };
}

function spo2(night: Night) {
  const random = randomFor("spo2", night.date, night.startMs);
  return {
    source_device_id: night.device.id,
    test_time: Math.floor(night.endMs / 1000) + 1200,
    time_zone_offset: night.offsetAt(night.endMs),
    test_status: "SPO2_TEST_PASSED",
    blood_oxygen_percent: Math.round(between(random, 95, 99)),
    spo2_class: "SPO2_CLASS_NORMAL",
    spo2_value_deviation_from_baseline: "DEVIATION_USUAL",
    spo2_quality_average_percent: 94.0,
    average_heart_rate_bpm: night.restingHr + 6,
    heart_rate_variability_ms: round(between(random, 25, 80), 1),
    spo2_hrv_deviation_from_baseline: "DEVIATION_USUAL",
    altitude_meters: 62.0,
  };
}

/** Spot tests are taken on Sundays. */
function onTestDay(night: Night): boolean {
  return new Date(`${night.date}T00:00:00Z`).getUTCDay() === 0;
}

/** One list per kind; a device without the sensor yields nothing. */
export const biosensing = {
  bodytemperature: (nights: Night[]) => nights.filter((n) => has(n, "temperature")).map(bodyTemperature),
  skintemperature: (nights: Night[]) => nights.filter((n) => has(n, "temperature")).map(skinTemperature),
  skincontacts: (nights: Night[]) => nights.filter((n) => has(n, "temperature")).map(skinContacts),
  ecg: (nights: Night[]) => nights.filter((n) => has(n, "ecg") && onTestDay(n)).map(ecg),
  spo2: (nights: Night[]) => nights.filter((n) => has(n, "spo2") && onTestDay(n)).map(spo2),
} satisfies Record<string, (nights: Night[]) => object[]>;

export type BiosensingKind = keyof typeof biosensing;
