import { isPlausible } from "@/lib/wearables/plausible";
import {
  type HeartRateZone,
  type Normalised,
  RECORDING_FORMATS,
  type RecordingFile,
  type Rejected,
  type RoutePoint,
  type Workout,
  type WorkoutPolar,
} from "@/lib/wearables/types";
import { type ExercisePayload, exerciseSchema } from "../schemas/exercise";
import { dateOf, utcMs } from "../schemas/time";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { readSamples } from "./samples";
import { snakeKeys } from "./snake-keys";
import { sportOf } from "./sport";
import { type Door, openDoor, text, whole } from "./value";

/**
 * `UTC = wall clock - offset`. A `Z` (or +00:00) behind the start is no zone: Polar's documentation before 2020 writes it
 * behind the same local digits (`2008-10-13T10:40:02.000Z` beside `start-time-utc-offset: 180`). Another offset in the
 * text is believed, and then counts before the field beside it.
 */
function startOf(exercise: ExercisePayload): { date: string; startAt: string; utcOffsetMinutes: number } {
  const { start_time: start, start_time_utc_offset: beside } = exercise;
  const utcOffsetMinutes = start.offsetMinutes || (beside ?? 0);
  const startAt = new Date(start.wallMs - utcOffsetMinutes * 60_000).toISOString();
  return { date: dateOf(start), startAt, utcOffsetMinutes };
}

function zonesOf(exercise: ExercisePayload, door: Door): HeartRateZone[] | null {
  const zones = (exercise.heart_rate_zones ?? []).flatMap((zone, at) => {
    const path = `heart_rate_zones[${at}]`;
    const index = door.signed("zoneIndex", zone.index, `${path}.index`);
    const lowerBpm = door.signed("zoneLimitBpm", zone.lower_limit, `${path}.lower_limit`);
    const upperBpm = door.signed("zoneLimitBpm", zone.upper_limit, `${path}.upper_limit`);
    const inZoneMs = door.signed("workoutMs", zone.in_zone, `${path}.in_zone`);
    if (index === null || lowerBpm === null || upperBpm === null || inZoneMs === null) return [];
    return [{ index, lowerBpm, upperBpm, inZoneS: Math.round(inZoneMs / 1000) }];
  });
  return zones.length > 0 ? zones : null;
}

function routeOf(exercise: ExercisePayload, door: Door): RoutePoint[] | null {
  const points = (exercise.route ?? []).flatMap((point, at) => {
    const path = `route[${at}]`;
    const latitude = door.signed("latitude", point.latitude, `${path}.latitude`);
    const longitude = door.signed("longitude", point.longitude, `${path}.longitude`);
    const offsetMs = door.signed("workoutMs", point.time, `${path}.time`);
    if (latitude === null || longitude === null || offsetMs === null) return [];
    return [{ latitude, longitude, offsetS: offsetMs / 1000 }];
  });
  return points.length > 0 ? points : null;
}

/**
 * Where Polar keeps the session's files: `/v3/exercises/{hash}/fit|tcx|gpx`, the GPX only with a route. Addresses inside
 * a transaction end with it, so a session known by its number alone has none.
 */
function filesOf(exercise: ExercisePayload): RecordingFile[] | null {
  if (typeof exercise.id !== "string") return null;
  const formats = RECORDING_FORMATS.filter((format) => format !== "gpx" || exercise.has_route);
  const base = `/v3/exercises/${encodeURIComponent(exercise.id)}`;
  return formats.map((format) => ({ format, resource: `${base}/${format}` }));
}

function polarOf(exercise: ExercisePayload, door: Door): WorkoutPolar {
  const load = exercise.training_load_pro;
  const pro = "training_load_pro";
  const share = (name: "fat_percentage" | "carbohydrate_percentage" | "protein_percentage") =>
    door.fromZero("percent", exercise[name], name);
  return {
    sport: text(exercise.detailed_sport_info) ?? text(exercise.sport),
    trainingLoad: door.fromZero("trainingLoad", exercise.training_load, "training_load"),
    muscleLoad: door.fromZero("muscleLoad", load?.muscle_load, `${pro}.muscle_load`),
    perceivedLoad: door.fromZero("perceivedLoad", load?.perceived_load, `${pro}.perceived_load`),
    cardioLoadInterpretation: text(load?.cardio_load_interpretation),
    userRpe: text(load?.user_rpe),
    runningIndex: door.aboveZero("runningIndex", exercise.running_index, "running_index"),
    fatPercent: share("fat_percentage"),
    carbohydratePercent: share("carbohydrate_percentage"),
    proteinPercent: share("protein_percentage"),
  };
}

function problemOf(exercise: ExercisePayload, fetchedAt: string): Rejected | null {
  if (!isPlausibleDate(dateOf(exercise.start_time), fetchedAt))
    return { path: "start_time", reason: "out-of-range" };
  return isPlausible("workoutMs", exercise.duration) ? null : { path: "duration", reason: "out-of-range" };
}

function missingOffset(exercise: ExercisePayload): Rejected[] {
  if (typeof exercise.start_time_utc_offset === "number" || exercise.start_time.offsetMinutes) return [];
  return [{ path: "start_time_utc_offset", reason: "missing-offset" }];
}

/** A training session, from a transaction (numeric id) or from the plain collection (hash id, details). */
export function normaliseWorkout(json: unknown, fetchedAt: string): Normalised<Workout> {
  const { value: exercise, rejected } = readTolerantly(exerciseSchema, snakeKeys(json));
  if (!exercise) return { values: [], rejected };
  const problem = problemOf(exercise, fetchedAt);
  if (problem) return { values: [], rejected: [...rejected, problem] };
  const samples = readSamples(exercise.samples);
  const door = openDoor([...rejected, ...missingOffset(exercise)]);
  const heart = (name: "average" | "maximum") =>
    whole(door.aboveZero("heartRateBpm", exercise.heart_rate?.[name], `heart_rate.${name}`));
  const value: Workout = {
    polarTransactionItemId: typeof exercise.id === "number" ? exercise.id : null,
    polarHashId: typeof exercise.id === "string" ? exercise.id : null,
    uploadedAt: exercise.upload_time ? new Date(utcMs(exercise.upload_time)).toISOString() : null,
    ...startOf(exercise),
    durationMs: exercise.duration,
    sport: sportOf(text(exercise.detailed_sport_info), text(exercise.sport)),
    distanceM: door.fromZero("distanceM", exercise.distance, "distance"),
    energyKcal: door.fromZero("energyKcal", exercise.calories, "calories"),
    heartRateAvgBpm: heart("average"),
    heartRateMaxBpm: heart("maximum"),
    cardioLoad: door.fromZero(
      "cardioLoad",
      exercise.training_load_pro?.cardio_load,
      "training_load_pro.cardio_load",
    ),
    deviceId: text(exercise.device_id),
    device: text(exercise.device),
    hasRoute: exercise.has_route ?? false,
    zones: zonesOf(exercise, door),
    route: routeOf(exercise, door),
    files: filesOf(exercise),
    samples: samples.samples,
    polar: polarOf(exercise, door),
  };
  return { values: [value], rejected: [...door.rejected, ...samples.rejected] };
}
