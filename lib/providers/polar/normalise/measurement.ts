import type { z } from "zod";
import { civilDateOf, epochDayOf } from "@/lib/time/civil-date";
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
import { dateOf, utcMs, type WrittenTime } from "../schemas/time";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { type Door, openDoor, text } from "./value";

type Found = { recordedMs: number; date: string; deviceId: string | null; values: MeasurementValues };

const DAY_MS = 86_400_000;
const instant = (time: WrittenTime | null | undefined) => (time ? new Date(utcMs(time)).toISOString() : null);
const localDate = (instantMs: number, offsetMinutes: number | null | undefined) =>
  civilDateOf(Math.floor((instantMs + (offsetMinutes ?? 0) * 60_000) / DAY_MS));

/** Polar writes -1000 where a sensor has no value yet. */
const NO_TEMPERATURE = -1000;
const celsius = (value: number | null | undefined) => (value === NO_TEMPERATURE ? null : value);

/** A period of SleepWise: its times are UTC, its day is the sleeper's. */
function period(it: {
  period_start_time: WrittenTime;
  sleep_timezone_offset_minutes?: number | null | undefined;
}) {
  const recordedMs = utcMs(it.period_start_time);
  return { recordedMs, date: localDate(recordedMs, it.sleep_timezone_offset_minutes), deviceId: null };
}

function fromAlertness(it: z.output<typeof alertnessSchema>, door: Door): Found {
  return {
    ...period(it),
    values: {
      grade: door.fromZero("alertnessGrade", it.grade, "grade"),
      gradeValidityS: door.fromZero("gradeValidityS", it.grade_validity_seconds, "grade_validity_seconds"),
      gradeType: text(it.grade_type),
      gradeClassification: text(it.grade_classification),
      validity: text(it.validity),
      sleepInertia: text(it.sleep_inertia),
      sleepType: text(it.sleep_type),
      resultType: text(it.result_type),
      endAt: instant(it.period_end_time),
    },
  };
}

function fromBedtime(it: z.output<typeof bedtimeSchema>): Found {
  return {
    ...period(it),
    values: {
      validity: text(it.validity),
      quality: text(it.quality),
      resultType: text(it.result_type),
      endAt: instant(it.period_end_time),
      preferredSleepStartAt: instant(it.preferred_sleep_period_start_time),
      preferredSleepEndAt: instant(it.preferred_sleep_period_end_time),
      sleepGateStartAt: instant(it.sleep_gate_start_time),
      sleepGateEndAt: instant(it.sleep_gate_end_time),
    },
  };
}

type Samples = [number, number | null][];

/** A series of `[milliseconds after the start, value]`; a sample at no possible time is left out. */
function seriesOf<T>(
  samples: readonly T[] | null | undefined,
  pointOf: (sample: T, path: string) => [number | null, number | null],
): Samples {
  return (samples ?? []).flatMap((sample, at): Samples => {
    const [ms, value] = pointOf(sample, `samples[${at}]`);
    return ms === null ? [] : [[ms, value]];
  });
}

function fromBodyTemperature(it: z.output<typeof bodyTemperatureSchema>, door: Door): Found {
  return {
    recordedMs: utcMs(it.start_time),
    date: dateOf(it.start_time),
    deviceId: text(it.source_device_id),
    values: {
      measurementType: text(it.measurement_type),
      sensorLocation: text(it.sensor_location),
      endAt: instant(it.end_time),
      samplesCelsius: seriesOf(it.samples, (sample, path) => [
        door.signed("periodMs", sample.recording_time_delta_milliseconds, `${path}.recording_time_delta`),
        door.signed("bodyCelsius", celsius(sample.temperature_celsius), `${path}.temperature_celsius`),
      ]),
    },
  };
}

function fromSkinTemperature(it: z.output<typeof skinTemperatureSchema>, door: Door): Found {
  const skin = it.sleep_time_skin_temperature_celsius;
  const deviation = it.deviation_from_baseline_celsius;
  return {
    recordedMs: epochDayOf(it.sleep_date) * DAY_MS,
    date: it.sleep_date,
    deviceId: null,
    values: {
      skinTemperatureCelsius: door.signed(
        "bodyCelsius",
        celsius(skin),
        "sleep_time_skin_temperature_celsius",
      ),
      deviationFromBaselineCelsius: door.signed(
        "deviationCelsius",
        celsius(deviation),
        "deviation_from_baseline_celsius",
      ),
    },
  };
}

function fromSkinContact(it: z.output<typeof skinContactSchema>, door: Door): Found {
  return {
    recordedMs: utcMs(it.start_time),
    date: dateOf(it.start_time),
    deviceId: text(it.source_device_id),
    values: {
      endAt: instant(it.end_time),
      contactChanges: seriesOf(it.skin_contact_changes, (change, path) => [
        door.signed("periodMs", change.recording_time_delta_milliseconds, `${path}.recording_time_delta`),
        Number(change.skin_contact),
      ]),
    },
  };
}

function spotTest(it: {
  test_time: number;
  time_zone_offset?: number | null | undefined;
  source_device_id?: string | null | undefined;
}) {
  const recordedMs = it.test_time * 1000;
  return {
    recordedMs,
    date: localDate(recordedMs, it.time_zone_offset),
    deviceId: text(it.source_device_id),
  };
}

function fromEcg(it: z.output<typeof ecgSchema>, door: Door): Found {
  const transit = (name: "pulse_transit_time_systolic_ms" | "pulse_transit_time_diastolic_ms") =>
    door.aboveZero("pulseTransitMs", it[name], name);
  return {
    ...spotTest(it),
    values: {
      ...heartOf(it, door),
      hrvLevel: text(it.heart_rate_variability_level),
      rrMs: door.aboveZero("rrMs", it.rri_ms, "rri_ms"),
      pulseTransitSystolicMs: transit("pulse_transit_time_systolic_ms"),
      pulseTransitDiastolicMs: transit("pulse_transit_time_diastolic_ms"),
      samplesMv: seriesOf(it.samples, (sample, path) => [
        door.signed("periodMs", sample.recording_time_delta_ms, `${path}.recording_time_delta_ms`),
        door.signed("ecgMv", sample.amplitude_mv, `${path}.amplitude_mv`),
      ]),
    },
  };
}

function heartOf(
  it: {
    average_heart_rate_bpm?: number | null | undefined;
    heart_rate_variability_ms?: number | null | undefined;
  },
  door: Door,
) {
  return {
    heartRateBpm: door.aboveZero("heartRateBpm", it.average_heart_rate_bpm, "average_heart_rate_bpm"),
    hrvMs: door.aboveZero("rmssdMs", it.heart_rate_variability_ms, "heart_rate_variability_ms"),
  };
}

function fromSpo2(it: z.output<typeof spo2Schema>, door: Door): Found {
  const quality = it.spo2_quality_average_percent;
  return {
    ...spotTest(it),
    values: {
      testStatus: text(it.test_status),
      bloodOxygenPercent: door.aboveZero("oxygenPercent", it.blood_oxygen_percent, "blood_oxygen_percent"),
      class: text(it.spo2_class),
      deviationFromBaseline: text(it.spo2_value_deviation_from_baseline),
      qualityPercent: door.fromZero("percent", quality, "spo2_quality_average_percent"),
      ...heartOf(it, door),
      altitudeM: door.signed("altitudeM", it.altitude_meters, "altitude_meters"),
    },
  };
}

function reader<S extends z.ZodType>(
  kind: MeasurementKind,
  schema: S,
  read: (value: z.output<S>, door: Door) => Found,
) {
  return (json: unknown, fetchedAt: string): Normalised<Measurement> => {
    const { value, rejected } = readTolerantly(schema, json);
    if (value === null) return { values: [], rejected };
    const door = openDoor([...rejected]);
    const { recordedMs, ...found } = read(value, door);
    if (!isPlausibleDate(found.date, fetchedAt))
      return { values: [], rejected: [...rejected, { path: "time", reason: "out-of-range" }] };
    const recordedAt = new Date(recordedMs).toISOString();
    return { values: [{ kind, recordedAt, ...found }], rejected: door.rejected };
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
