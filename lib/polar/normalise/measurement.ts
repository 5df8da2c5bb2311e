import type { z } from "zod";
import { addDays, civilDateOf } from "@/lib/time/civil-date";
import type { Measurement, MeasurementKind, MeasurementValues, Normalised } from "@/lib/wearables/types";
import {
  alertnessSchema,
  bedtimeSchema,
  bodyTemperatureSchema,
  ecgSchema,
  skinContactSchema,
  skinTemperatureSchema,
  spo2Schema,
} from "../schemas/measurement";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { text } from "./value";

type Found = { recordedAt: string; date: string; deviceId: string | null; values: MeasurementValues };

const DAY_MS = 86_400_000;
const utc = (naive: string) => new Date(`${naive}Z`).toISOString();
const maybeUtc = (naive: string | null | undefined) => (naive ? utc(naive) : null);
const localDate = (instantMs: number, offsetMinutes: number | null | undefined) =>
  civilDateOf(Math.floor((instantMs + (offsetMinutes ?? 0) * 60_000) / DAY_MS));

/** Values that are no measurement of a person (Polar's -1000 and the like) become null. */
const celsius = (value: number | null | undefined) =>
  value === null || value === undefined || value < -50 || value > 60 ? null : value;

function fromAlertness(it: z.output<typeof alertnessSchema>): Found {
  const recordedAt = utc(it.period_start_time);
  return {
    recordedAt,
    date: localDate(Date.parse(recordedAt), it.sleep_timezone_offset_minutes),
    deviceId: null,
    values: {
      grade: it.grade ?? null,
      gradeValidityS: it.grade_validity_seconds ?? null,
      gradeType: text(it.grade_type),
      gradeClassification: text(it.grade_classification),
      validity: text(it.validity),
      sleepInertia: text(it.sleep_inertia),
      sleepType: text(it.sleep_type),
      resultType: text(it.result_type),
      endAt: maybeUtc(it.period_end_time),
    },
  };
}

function fromBedtime(it: z.output<typeof bedtimeSchema>): Found {
  const recordedAt = utc(it.period_start_time);
  return {
    recordedAt,
    date: localDate(Date.parse(recordedAt), it.sleep_timezone_offset_minutes),
    deviceId: null,
    values: {
      validity: text(it.validity),
      quality: text(it.quality),
      resultType: text(it.result_type),
      endAt: maybeUtc(it.period_end_time),
      preferredSleepStartAt: maybeUtc(it.preferred_sleep_period_start_time),
      preferredSleepEndAt: maybeUtc(it.preferred_sleep_period_end_time),
      sleepGateStartAt: maybeUtc(it.sleep_gate_start_time),
      sleepGateEndAt: maybeUtc(it.sleep_gate_end_time),
    },
  };
}

function fromBodyTemperature(it: z.output<typeof bodyTemperatureSchema>): Found {
  return {
    recordedAt: utc(it.start_time),
    date: it.start_time.slice(0, 10),
    deviceId: text(it.source_device_id),
    values: {
      measurementType: text(it.measurement_type),
      sensorLocation: text(it.sensor_location),
      endAt: maybeUtc(it.end_time),
      samplesCelsius: (it.samples ?? []).map((s) => [
        s.recording_time_delta_milliseconds,
        celsius(s.temperature_celsius),
      ]),
    },
  };
}

function fromSkinTemperature(it: z.output<typeof skinTemperatureSchema>): Found {
  return {
    recordedAt: utc(`${it.sleep_date}T00:00:00`),
    date: it.sleep_date,
    deviceId: null,
    values: {
      skinTemperatureCelsius: celsius(it.sleep_time_skin_temperature_celsius),
      deviationFromBaselineCelsius: celsius(it.deviation_from_baseline_celsius),
    },
  };
}

function fromSkinContact(it: z.output<typeof skinContactSchema>): Found {
  return {
    recordedAt: utc(it.start_time),
    date: it.start_time.slice(0, 10),
    deviceId: text(it.source_device_id),
    values: {
      endAt: maybeUtc(it.end_time),
      contactChanges: (it.skin_contact_changes ?? []).map((change) => [
        change.recording_time_delta_milliseconds,
        Number(change.skin_contact),
      ]),
    },
  };
}

function spotTest(it: {
  test_time: number;
  time_zone_offset?: number | null;
  source_device_id?: string | null;
}) {
  const testMs = it.test_time * 1000;
  return {
    recordedAt: new Date(testMs).toISOString(),
    date: localDate(testMs, it.time_zone_offset),
    deviceId: text(it.source_device_id),
  };
}

function fromEcg(it: z.output<typeof ecgSchema>): Found {
  return {
    ...spotTest(it),
    values: {
      heartRateBpm: it.average_heart_rate_bpm ?? null,
      hrvMs: it.heart_rate_variability_ms ?? null,
      hrvLevel: text(it.heart_rate_variability_level),
      rrMs: it.rri_ms ?? null,
      pulseTransitSystolicMs: it.pulse_transit_time_systolic_ms ?? null,
      pulseTransitDiastolicMs: it.pulse_transit_time_diastolic_ms ?? null,
      samplesMv: (it.samples ?? []).map((s) => [s.recording_time_delta_ms, s.amplitude_mv]),
    },
  };
}

function fromSpo2(it: z.output<typeof spo2Schema>): Found {
  return {
    ...spotTest(it),
    values: {
      testStatus: text(it.test_status),
      bloodOxygenPercent: it.blood_oxygen_percent ?? null,
      class: text(it.spo2_class),
      deviationFromBaseline: text(it.spo2_value_deviation_from_baseline),
      qualityPercent: it.spo2_quality_average_percent ?? null,
      heartRateBpm: it.average_heart_rate_bpm ?? null,
      hrvMs: it.heart_rate_variability_ms ?? null,
      altitudeM: it.altitude_meters ?? null,
    },
  };
}

function reader<S extends z.ZodType>(kind: MeasurementKind, schema: S, read: (value: z.output<S>) => Found) {
  return (json: unknown, fetchedAt: string): Normalised<Measurement> => {
    const { value, rejected } = readTolerantly(schema, json);
    if (value === null) return { values: [], rejected };
    const found = read(value);
    if (isPlausibleDate(addDays(found.date, 0), fetchedAt)) return { values: [{ kind, ...found }], rejected };
    return { values: [], rejected: [...rejected, { path: "time", reason: "out-of-range" }] };
  };
}

/** SleepWise periods and biosensing tests; times of periods are UTC, of spot tests epoch seconds. */
export const normaliseMeasurement = {
  alertness: reader("alertness", alertnessSchema, fromAlertness),
  "circadian-bedtime": reader("circadian-bedtime", bedtimeSchema, fromBedtime),
  "body-temperature": reader("body-temperature", bodyTemperatureSchema, fromBodyTemperature),
  "skin-temperature": reader("skin-temperature", skinTemperatureSchema, fromSkinTemperature),
  "skin-contact": reader("skin-contact", skinContactSchema, fromSkinContact),
  ecg: reader("ecg", ecgSchema, fromEcg),
  spo2: reader("spo2", spo2Schema, fromSpo2),
} satisfies Record<MeasurementKind, (json: unknown, fetchedAt: string) => Normalised<Measurement>>;
