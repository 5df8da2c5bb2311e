import type {
  HeartRateZone,
  Normalised,
  RecordingFile,
  Rejected,
  RoutePoint,
  Workout,
  WorkoutPolar,
} from "@/lib/wearables/types";
import { type ExercisePayload, exerciseSchema } from "../schemas/exercise";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { readSamples } from "./samples";
import { snakeKeys } from "./snake-keys";
import { sportOf } from "./sport";
import { aboveZero, durationMs, fromZero, text, whole } from "./value";

/** `UTC = wall clock - offset`. */
function startOf(exercise: ExercisePayload): { startAt: string; utcOffsetMinutes: number } {
  const utcOffsetMinutes = exercise.start_time_utc_offset ?? 0;
  const wallClock = Date.parse(`${exercise.start_time}Z`);
  return { startAt: new Date(wallClock - utcOffsetMinutes * 60_000).toISOString(), utcOffsetMinutes };
}

function zonesOf(exercise: ExercisePayload): HeartRateZone[] | null {
  if (!exercise.heart_rate_zones?.length) return null;
  return exercise.heart_rate_zones.map((zone) => ({
    index: zone.index,
    lowerBpm: zone.lower_limit,
    upperBpm: zone.upper_limit,
    inZoneS: Math.round(durationMs(zone.in_zone) / 1000),
  }));
}

function routeOf(exercise: ExercisePayload): RoutePoint[] | null {
  if (!exercise.route?.length) return null;
  return exercise.route.map((point) => ({
    latitude: point.latitude,
    longitude: point.longitude,
    offsetS: durationMs(point.time) / 1000,
  }));
}

/**
 * Where Polar keeps the session's files: `/v3/exercises/{hash}/fit|tcx|gpx`, the GPX only with a route. Addresses inside
 * a transaction end with it, so a session known by its number alone has none.
 */
function filesOf(exercise: ExercisePayload): RecordingFile[] | null {
  if (typeof exercise.id !== "string") return null;
  const formats = exercise.has_route ? (["fit", "tcx", "gpx"] as const) : (["fit", "tcx"] as const);
  const base = `/v3/exercises/${encodeURIComponent(exercise.id)}`;
  return formats.map((format) => ({ format, resource: `${base}/${format}` }));
}

function polarOf(exercise: ExercisePayload): WorkoutPolar {
  const load = exercise.training_load_pro;
  return {
    sport: text(exercise.detailed_sport_info) ?? text(exercise.sport),
    trainingLoad: fromZero(exercise.training_load),
    muscleLoad: fromZero(load?.muscle_load),
    perceivedLoad: fromZero(load?.perceived_load),
    cardioLoadInterpretation: text(load?.cardio_load_interpretation),
    userRpe: text(load?.user_rpe),
    runningIndex: aboveZero(exercise.running_index),
    fatPercent: fromZero(exercise.fat_percentage),
    carbohydratePercent: fromZero(exercise.carbohydrate_percentage),
    proteinPercent: fromZero(exercise.protein_percentage),
  };
}

function problemsOf(exercise: ExercisePayload, fetchedAt: string): Rejected[] {
  if (!isPlausibleDate(exercise.start_time.slice(0, 10), fetchedAt))
    return [{ path: "start_time", reason: "out-of-range" }];
  const lengthMs = durationMs(exercise.duration);
  if (!(lengthMs >= 0 && lengthMs < 30 * 86_400_000)) return [{ path: "duration", reason: "out-of-range" }];
  return [];
}

function missingOffset(exercise: ExercisePayload): Rejected[] {
  if (typeof exercise.start_time_utc_offset === "number") return [];
  return [{ path: "start_time_utc_offset", reason: "missing-offset" }];
}

/** A training session, from a transaction (numeric id) or from the plain collection (hash id, details). */
export function normaliseWorkout(json: unknown, fetchedAt: string): Normalised<Workout> {
  const { value: exercise, rejected } = readTolerantly(exerciseSchema, snakeKeys(json));
  if (!exercise) return { values: [], rejected };
  const problems = problemsOf(exercise, fetchedAt);
  if (problems.length > 0) return { values: [], rejected: [...rejected, ...problems] };
  const samples = readSamples(exercise.samples);
  const value: Workout = {
    polarTransactionItemId: typeof exercise.id === "number" ? exercise.id : null,
    polarHashId: typeof exercise.id === "string" ? exercise.id : null,
    date: exercise.start_time.slice(0, 10),
    ...startOf(exercise),
    durationMs: durationMs(exercise.duration),
    sport: sportOf(text(exercise.detailed_sport_info), text(exercise.sport)),
    distanceM: fromZero(exercise.distance),
    energyKcal: fromZero(exercise.calories),
    heartRateAvgBpm: whole(aboveZero(exercise.heart_rate?.average)),
    heartRateMaxBpm: whole(aboveZero(exercise.heart_rate?.maximum)),
    cardioLoad: fromZero(exercise.training_load_pro?.cardio_load),
    deviceId: text(exercise.device_id),
    device: text(exercise.device),
    hasRoute: exercise.has_route ?? false,
    zones: zonesOf(exercise),
    route: routeOf(exercise),
    files: filesOf(exercise),
    samples: samples.samples,
    polar: polarOf(exercise),
  };
  return { values: [value], rejected: [...rejected, ...missingOffset(exercise), ...samples.rejected] };
}
