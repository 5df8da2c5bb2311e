import type { MetricKind } from "./metric";
import type { RejectReason } from "./reject-reasons";

/**
 * The provider-neutral schema: what every provider's payloads are mapped to.
 * Units stand in names; a missing value is null, never a sentinel; civil dates are `YYYY-MM-DD`.
 * What only Polar has stays beside the common fields as a typed extension (`polar`).
 */
export type CivilDateText = string;

/** Values at minutes after the night's first sample; null where the sensor had no value. */
export type MinuteSeries = { startsAt: string; points: [minute: number, value: number | null][] };

export type SleepStage = "awake" | "rem" | "light" | "deep" | "unknown";

/** Stage changes at minutes after falling asleep. */
export type Hypnogram = [minute: number, stage: SleepStage][];

export type NightPolar = {
  continuity: number | null;
  continuityClass: number | null;
  sleepScore: number | null;
  sleepCharge: number | null;
  sleepGoalS: number | null;
  sleepRating: number | null;
  sleepCycles: number | null;
  shortInterruptionS: number | null;
  longInterruptionS: number | null;
  durationScore: number | null;
  solidityScore: number | null;
  regenerationScore: number | null;
};

export type Sleep = {
  date: CivilDateText;
  startAt: string;
  endAt: string;
  utcOffsetMinutes: number;
  asleepS: number | null;
  lightS: number | null;
  deepS: number | null;
  remS: number | null;
  unknownS: number | null;
  interruptedS: number | null;
  efficiency: number | null;
  deviceId: string | null;
  hypnogram: Hypnogram | null;
  heartRate: MinuteSeries | null;
  polar: NightPolar;
};

export type Night = {
  date: CivilDateText;
  /** What `rmssdMs` is. */
  metric: MetricKind;
  rmssdMs: number | null;
  heartRateBpm: number | null;
  beatToBeatMs: number | null;
  breathingPerMin: number | null;
  ansCharge: number | null;
  ansChargeStatus: number | null;
  rechargeStatus: number | null;
  rmssdSeries: MinuteSeries | null;
  breathingSeries: MinuteSeries | null;
};

export type DailyLoadPolar = {
  status: string | null;
  ratio: number | null;
  levels: { veryLow: number; low: number; medium: number; high: number; veryHigh: number } | null;
};

export type DailyLoad = {
  date: CivilDateText;
  cardioLoad: number | null;
  strain: number | null;
  tolerance: number | null;
  polar: DailyLoadPolar;
};

export type ActivityPolar = {
  inactivityAlerts: number | null;
  distanceFromStepsM: number | null;
  zoneS: number[] | null;
};

export type DailyActivity = {
  date: CivilDateText;
  steps: number | null;
  caloriesKcal: number | null;
  activeCaloriesKcal: number | null;
  activeS: number | null;
  inactiveS: number | null;
  goalPercent: number | null;
  polar: ActivityPolar;
};

export type HeartRateZone = { index: number; lowerBpm: number; upperBpm: number; inZoneS: number };

/** Formats of a recording's file; the last needs a route. */
export const RECORDING_FORMATS = ["fit", "tcx", "gpx"] as const;

/** A recording as a file at the provider: `resource` is a path below the provider's interface, to be asked with the athlete's token. */
export type RecordingFile = { format: (typeof RECORDING_FORMATS)[number]; resource: string };

export type RoutePoint = { latitude: number; longitude: number; offsetS: number };

export type WorkoutPolar = {
  sport: string | null;
  trainingLoad: number | null;
  muscleLoad: number | null;
  perceivedLoad: number | null;
  cardioLoadInterpretation: string | null;
  userRpe: string | null;
  runningIndex: number | null;
  fatPercent: number | null;
  carbohydratePercent: number | null;
  proteinPercent: number | null;
};

export type SampleKind =
  | "heart-rate"
  | "speed"
  | "cadence"
  | "altitude"
  | "power"
  | "pedaling-index"
  | "power-balance"
  | "air-pressure"
  | "running-cadence"
  | "temperature"
  | "distance"
  | "rr"
  | "unknown";

export type WorkoutSample = { kind: SampleKind; recordingRateS: number | null; values: (number | null)[] };

export type Workout = {
  polarTransactionItemId: number | null;
  polarHashId: string | null;
  /** When the provider received this version of the session; an edit may bring a later one. */
  uploadedAt: string | null;
  date: CivilDateText;
  startAt: string;
  utcOffsetMinutes: number;
  durationMs: number;
  sport: string;
  distanceM: number | null;
  energyKcal: number | null;
  heartRateAvgBpm: number | null;
  heartRateMaxBpm: number | null;
  cardioLoad: number | null;
  deviceId: string | null;
  device: string | null;
  hasRoute: boolean;
  zones: HeartRateZone[] | null;
  route: RoutePoint[] | null;
  files: RecordingFile[] | null;
  samples: WorkoutSample[];
  polar: WorkoutPolar;
};

/** What formulas ask for; whoever is neither is told by `null`. */
export const SEXES = ["female", "male"] as const;
export type Sex = (typeof SEXES)[number];

export type PhysicalInfo = {
  recordedAt: string;
  weightKg: number | null;
  heightCm: number | null;
  heartRateMaxBpm: number | null;
  heartRateRestBpm: number | null;
  aerobicThresholdBpm: number | null;
  anaerobicThresholdBpm: number | null;
  vo2Max: number | null;
  sex: Sex | null;
  polar: Record<string, string>;
};

/** Seconds after local midnight and beats per minute. */
export type HeartRatePoint = [secondOfDay: number, bpm: number];

export type HeartRateDay = { date: CivilDateText; points: HeartRatePoint[] };

export type MeasurementKind =
  | "alertness"
  | "circadian-bedtime"
  | "body-temperature"
  | "skin-temperature"
  | "skin-contact"
  | "ecg"
  | "spo2";

/** Named values with units in their names; series as `[milliseconds after the start, value]`. */
export type MeasurementValues = Record<string, string | number | null | [number, number | null][]>;

export type Measurement = {
  kind: MeasurementKind;
  recordedAt: string;
  date: CivilDateText;
  deviceId: string | null;
  values: MeasurementValues;
};

/** A value that could not be understood: it is left out, its neighbours stay. */
export type Rejected = { path: string; reason: RejectReason };

/** What a normaliser makes of one payload: what it understood, and what it had to leave out. */
export type Normalised<T> = { values: T[]; rejected: Rejected[] };
