import {
  type AnyPgColumn,
  bigint,
  boolean,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { MissingInput } from "../../lib/readiness/load/session-loads";
import { METRIC_KINDS } from "../../lib/wearables/metric";
import {
  type ActivityPolar,
  type DailyLoadPolar,
  type HeartRatePoint,
  type HeartRateZone,
  type Hypnogram,
  type MeasurementKind,
  type MeasurementValues,
  type MinuteSeries,
  type NightPolar,
  type RecordingFile,
  type RoutePoint,
  SEXES,
  type WorkoutPolar,
} from "../../lib/wearables/types";
import { owned } from "./owned";
import { sources } from "./source";

/** The raw payload a row came from. No foreign key: payloads go only with their athlete, and one would look through every table for each of them. */
const payloadOf = (name: string) => uuid(name);

/** A source of the same athlete; by both, so that a deleted athlete's rows are found by the key of each table. */
const ofSource = (t: { athleteId: AnyPgColumn; sourceId: AnyPgColumn }) =>
  foreignKey({
    columns: [t.athleteId, t.sourceId],
    foreignColumns: [sources.athleteId, sources.id],
  }).onDelete("cascade");

/** What is kept of a recorded sleep; new builders each time, a column belongs to one table. */
export const sleepColumns = () => ({
  ...owned,
  sourceId: smallint("source_id").notNull(),
  date: date("date").notNull(),
  startAt: timestamp("start_at", { withTimezone: true }).notNull(),
  endAt: timestamp("end_at", { withTimezone: true }).notNull(),
  utcOffsetMinutes: integer("utc_offset_minutes").notNull(),
  asleepS: integer("asleep_s"),
  lightS: integer("light_s"),
  deepS: integer("deep_s"),
  remS: integer("rem_s"),
  unknownS: integer("unknown_s"),
  interruptedS: integer("interrupted_s"),
  /** Derived: asleep time over time in bed; Polar gives none. */
  efficiency: doublePrecision("efficiency"),
  deviceId: text("device_id"),
  hypnogram: jsonb("hypnogram").$type<Hypnogram>(),
  heartRate: jsonb("heart_rate").$type<MinuteSeries>(),
  polar: jsonb("polar").$type<NightPolar>(),
  payloadId: payloadOf("payload_id"),
});

/** The night's sleep of each source, keyed by the civil date of waking: the longest of that date. What is shown and scored is in `scored_sleeps`. */
export const sleeps = pgTable("sleeps", sleepColumns(), (t) => [
  primaryKey({ columns: [t.athleteId, t.date, t.sourceId] }),
  ofSource(t),
  index("sleeps_usual").on(t.athleteId, t.date, t.sourceId, t.asleepS),
]);

/** The other sleeps of a date: shown as naps, never scored. */
export const naps = pgTable("naps", sleepColumns(), (t) => [
  primaryKey({ columns: [t.athleteId, t.date, t.sourceId, t.startAt] }),
  ofSource(t),
]);

/** What is kept of a night's autonomic reading; new builders each time, a column belongs to one table. */
export const nightColumns = () => ({
  ...owned,
  sourceId: smallint("source_id").notNull(),
  metric: text("metric", { enum: METRIC_KINDS }).notNull(),
  date: date("date").notNull(),
  rmssdMs: doublePrecision("rmssd_ms"),
  heartRateBpm: doublePrecision("heart_rate_bpm"),
  beatToBeatMs: doublePrecision("beat_to_beat_ms"),
  breathingPerMin: doublePrecision("breathing_per_min"),
  ansCharge: doublePrecision("ans_charge"),
  ansChargeStatus: integer("ans_charge_status"),
  rechargeStatus: integer("recharge_status"),
  rmssdSeries: jsonb("rmssd_series").$type<MinuteSeries>(),
  breathingSeries: jsonb("breathing_series").$type<MinuteSeries>(),
  payloadId: payloadOf("payload_id"),
  receivedAt: timestamp("received_at", { withTimezone: true }).notNull(),
});

/** The night's autonomic reading (Polar: Nightly Recharge) of each source, keyed by the civil date of waking. What is shown and scored is in `scored_nights`. */
export const nights = pgTable("nights", nightColumns(), (t) => [
  primaryKey({ columns: [t.athleteId, t.date, t.sourceId, t.metric] }),
  ofSource(t),
  index("nights_usual").on(t.athleteId, t.date, t.sourceId, t.metric, t.heartRateBpm, t.receivedAt),
]);

/** Cardio load per civil day as Polar gives it; its sentinels arrive as null. */
export const dailyLoads = pgTable(
  "daily_loads",
  {
    ...owned,
    date: date("date").notNull(),
    cardioLoad: doublePrecision("cardio_load"),
    strain: doublePrecision("strain"),
    tolerance: doublePrecision("tolerance"),
    polar: jsonb("polar").$type<DailyLoadPolar>(),
    payloadId: payloadOf("payload_id"),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.date] })],
);

export const dailyActivities = pgTable(
  "daily_activities",
  {
    ...owned,
    date: date("date").notNull(),
    steps: integer("steps"),
    caloriesKcal: integer("calories_kcal"),
    activeCaloriesKcal: integer("active_calories_kcal"),
    activeS: integer("active_s"),
    inactiveS: integer("inactive_s"),
    goalPercent: doublePrecision("goal_percent"),
    polar: jsonb("polar").$type<ActivityPolar>(),
    payloadId: payloadOf("payload_id"),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.date] })],
);

export const workouts = pgTable(
  "workouts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...owned,
    /** Polar's two ids of one session: int64 inside transactions, hash in the plain collection. */
    polarTransactionItemId: bigint("polar_transaction_item_id", { mode: "number" }),
    polarHashId: text("polar_hash_id"),
    /** Numbers under which it was offered before it was edited. */
    earlierItemIds: bigint("earlier_item_ids", { mode: "number" }).array().notNull().default([]),
    /** When Polar received the version that is stored. */
    uploadedAt: timestamp("uploaded_at", { withTimezone: true }),
    date: date("date").notNull(),
    startAt: timestamp("start_at", { withTimezone: true }).notNull(),
    utcOffsetMinutes: integer("utc_offset_minutes").notNull(),
    durationMs: bigint("duration_ms", { mode: "number" }).notNull(),
    sport: text("sport").notNull(),
    distanceM: doublePrecision("distance_m"),
    energyKcal: doublePrecision("energy_kcal"),
    heartRateAvgBpm: integer("heart_rate_avg_bpm"),
    heartRateMaxBpm: integer("heart_rate_max_bpm"),
    cardioLoad: doublePrecision("cardio_load"),
    deviceId: text("device_id").notNull().default(""),
    device: text("device"),
    hasRoute: boolean("has_route").notNull().default(false),
    zones: jsonb("zones").$type<HeartRateZone[]>(),
    route: jsonb("route").$type<RoutePoint[]>(),
    /** Where the provider keeps the recording; the files themselves are not fetched. */
    files: jsonb("files").$type<RecordingFile[]>(),
    polar: jsonb("polar").$type<WorkoutPolar>(),
    payloadId: payloadOf("payload_id"),
    detailPayloadId: payloadOf("detail_payload_id"),
  },
  (t) => [
    uniqueIndex("workouts_session").on(t.athleteId, t.startAt, t.durationMs, t.deviceId),
    index("workouts_day").on(t.athleteId, t.date),
  ],
);

/** One recorded series of a workout; null where the sensor was silent. RR series have no recording rate. */
export const workoutSamples = pgTable(
  "workout_samples",
  {
    ...owned,
    workoutId: uuid("workout_id")
      .notNull()
      .references(() => workouts.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    recordingRateS: doublePrecision("recording_rate_s"),
    /** Text inside: thousands of numbers that are only ever read whole. */
    values: json("values").$type<(number | null)[]>().notNull(),
    payloadId: payloadOf("payload_id"),
  },
  (t) => [primaryKey({ columns: [t.workoutId, t.kind] })],
);

/** What a session weighs under each kind that is computed from sessions, and what went in; null where something is missing. */
export const workoutLoads = pgTable(
  "workout_loads",
  {
    ...owned,
    workoutId: uuid("workout_id")
      .primaryKey()
      .references(() => workouts.id, { onDelete: "cascade" }),
    banister: doublePrecision("banister"),
    edwards: doublePrecision("edwards"),
    sessionRpe: doublePrecision("session_rpe"),
    /** What the session or the athlete's body data lack (lib/readiness/load/session-loads.ts). */
    missing: text("missing").array().$type<MissingInput[]>().notNull(),
    heartRateMaxBpm: integer("heart_rate_max_bpm"),
    heartRateRestBpm: integer("heart_rate_rest_bpm"),
    sex: text("sex", { enum: SEXES }),
    formulaVersion: text("formula_version").notNull(),
    /** Where the heart rates came from; null without a series. */
    samplesPayloadId: payloadOf("samples_payload_id"),
    computedAt: timestamp("computed_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("workout_loads_athlete").on(t.athleteId)],
);

/** Body data as it changed over time. */
export const physicalInfos = pgTable(
  "physical_infos",
  {
    ...owned,
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
    weightKg: doublePrecision("weight_kg"),
    heightCm: doublePrecision("height_cm"),
    heartRateMaxBpm: integer("heart_rate_max_bpm"),
    heartRateRestBpm: integer("heart_rate_rest_bpm"),
    aerobicThresholdBpm: integer("aerobic_threshold_bpm"),
    anaerobicThresholdBpm: integer("anaerobic_threshold_bpm"),
    vo2Max: doublePrecision("vo2_max"),
    sex: text("sex", { enum: SEXES }),
    polar: jsonb("polar").$type<Record<string, string>>().notNull(),
    payloadId: payloadOf("payload_id"),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.recordedAt] })],
);

/** Heart rate outside sessions, one row per civil day of the device. */
export const heartRateDays = pgTable(
  "heart_rate_days",
  {
    ...owned,
    date: date("date").notNull(),
    points: jsonb("points").$type<HeartRatePoint[]>().notNull(),
    payloadId: payloadOf("payload_id"),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.date] })],
);

/** Spot tests and periods of the optional streams: temperature, oxygen, ECG, skin contact, alertness, bedtime. */
export const measurements = pgTable(
  "measurements",
  {
    ...owned,
    kind: text("kind").$type<MeasurementKind>().notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
    date: date("date").notNull(),
    deviceId: text("device_id").notNull().default(""),
    values: jsonb("values").$type<MeasurementValues>().notNull(),
    payloadId: payloadOf("payload_id"),
  },
  (t) => [
    primaryKey({ columns: [t.athleteId, t.kind, t.recordedAt, t.deviceId] }),
    index("measurements_day").on(t.athleteId, t.date),
  ],
);
