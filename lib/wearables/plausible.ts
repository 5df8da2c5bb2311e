/**
 * What can be true of a person, a watch and a day: the one table of ranges that every stored value passes. What lies
 * outside is set aside with its path and reason, or refused with its line in a person's file, and is never drawn. The ranges are wide on purpose: they keep out what
 * no body and no sensor can produce (a code, an overflow, another unit), not what is rare. Scoring uses less: a nightly
 * RMSSD counts from 5 to 250 ms only (docs/method/series.md). Lower and upper end both belong to the range.
 */
export const PLAUSIBLE = {
  rmssdMs: [1, 1000],
  sdnnMs: [1, 1000],
  heartRateBpm: [20, 250],
  /** The interval at 250 and at 20 beats per minute. */
  beatToBeatMs: [240, 3000],
  /** A single recorded interval: pauses and doubled beats are left for the artefact correction to judge. */
  rrMs: [100, 10_000],
  breathingPerMin: [3, 60],
  ansCharge: [-10, 10],
  scorePercent: [1, 100],
  continuity: [1, 5],
  sleepCycles: [1, 30],
  inDayS: [0, 90_000],
  sleepGoalS: [1, 86_400],
  /** Polar's loads of a day or a session: a day-long race reaches some 3,000. */
  cardioLoad: [0, 5000],
  loadRatio: [0, 50],
  muscleLoad: [0, 50_000],
  perceivedLoad: [0, 50_000],
  trainingLoad: [0, 50_000],
  steps: [0, 200_000],
  energyKcal: [0, 50_000],
  goalPercent: [0, 10_000],
  inactivityAlerts: [0, 200],
  distanceM: [0, 2_000_000],
  /** Ten days: the longest races. */
  workoutMs: [0, 864_000_000],
  runningIndex: [1, 120],
  percent: [0, 100],
  zoneIndex: [0, 20],
  /** A zone may begin at nothing. */
  zoneLimitBpm: [0, 300],
  latitude: [-90, 90],
  longitude: [-180, 180],
  speedKmh: [0, 500],
  cadencePerMin: [0, 400],
  altitudeM: [-1000, 12_000],
  powerW: [0, 5000],
  pressureHpa: [200, 1200],
  temperatureCelsius: [-60, 80],
  recordingRateS: [0.001, 3600],
  weightKg: [15, 400],
  heightCm: [50, 260],
  vo2Max: [5, 110],
  bodyCelsius: [0, 50],
  deviationCelsius: [-15, 15],
  oxygenPercent: [40, 100],
  alertnessGrade: [0, 100],
  gradeValidityS: [0, 2_678_400],
  pulseTransitMs: [0, 5000],
  ecgMv: [-100, 100],
  /** After the start of a period that may last weeks. */
  periodMs: [0, 2_147_483_647],
} as const satisfies Record<string, readonly [min: number, max: number]>;

export type Quantity = keyof typeof PLAUSIBLE;

/** Whether a value can be one of its kind. False for NaN and infinities. */
export function isPlausible(quantity: Quantity, value: number): boolean {
  const [min, max] = PLAUSIBLE[quantity];
  return value >= min && value <= max;
}
