import { isoDuration, localDateTime, utcDateTime } from "../civil";
import {
  hasRoute,
  routeOf,
  type SampleSeries,
  sampleSeriesOf,
  sampleTypesOf,
  zonesOf,
} from "../generate/samples";
import type { Session } from "../generate/session";
import { clamp } from "../random";
import type { Athlete } from "../scenario";
import { userUrl, type WireContext } from "./context";

function interpretation(load: number): string {
  const steps: [number, string][] = [
    [25, "VERY_LOW"],
    [55, "LOW"],
    [100, "MEDIUM"],
    [170, "HIGH"],
  ];
  return steps.find(([limit]) => load < limit)?.[1] ?? "VERY_HIGH";
}

/** The documented ten steps of `user-rpe`, from 1 upwards. */
const efforts = [
  ...["RPE_NONE", "RPE_EASY", "RPE_LIGHT", "RPE_FAIRLY_BRISK", "RPE_BRISK"],
  ...["RPE_MODERATE", "RPE_FAIRLY_HARD", "RPE_HARD", "RPE_EXHAUSTING", "RPE_EXTREME"],
];

/** Kebab-case inside in both families; muscle load needs power. */
function trainingLoadPro(session: Session) {
  const minutes = session.durationMs / 60_000;
  const effort = clamp(Math.floor(session.cardioLoad / 22) + 1, 1, efforts.length - 1);
  const perceived = Math.round(minutes * (effort + 1) * 10) / 10;
  const power = session.sport.cycling === true && session.device.features.includes("power");
  return {
    date: session.date,
    "cardio-load": session.cardioLoad,
    "muscle-load": power ? Math.round(minutes * 7.5) / 10 : -1.0,
    "perceived-load": perceived,
    "cardio-load-interpretation": interpretation(session.cardioLoad),
    "muscle-load-interpretation": power ? "MEDIUM" : "NOT_AVAILABLE",
    "perceived-load-interpretation": interpretation(perceived / 2),
    "user-rpe": efforts[effort],
  };
}

export function zoneObjects(session: Session, athlete: Athlete, context: WireContext) {
  return zonesOf(session, athlete.maximumHr).map((zone) => ({
    index: zone.index,
    "lower-limit": zone.lower,
    "upper-limit": zone.upper,
    "in-zone": isoDuration(zone.seconds * 1000, context.knobs.durations),
  }));
}

export function sampleObject(series: SampleSeries, context: WireContext) {
  const type = context.knobs.sampleType === "integer" ? series.type : String(series.type);
  return { "recording-rate": series.rateS, "sample-type": type, data: series.data };
}

/** The fields that both families share, in snake_case. */
function common(session: Session, context: WireContext) {
  const pro = session.device.features.includes("training-load-pro");
  return {
    upload_time: utcDateTime(session.uploadedAt),
    polar_user: userUrl(context),
    device: session.device.model,
    device_id: session.device.id,
    start_time: `${localDateTime(session.startMs, session.utcOffsetMinutes)}${context.knobs.startTimes === "zulu" ? ".000Z" : ""}`,
    start_time_utc_offset: session.utcOffsetMinutes,
    duration: isoDuration(session.durationMs, context.knobs.durations),
    calories: session.calories,
    ...(session.distanceM === undefined ? {} : { distance: session.distanceM }),
    heart_rate: { average: session.average, maximum: session.maximum },
    training_load: Math.round(session.cardioLoad * 110) / 100,
    sport: session.sport.sport,
    has_route: hasRoute(session),
    detailed_sport_info: session.sport.detailed,
    fat_percentage: clamp(Math.round(95 - session.average / 2.6), 5, 80),
    carbohydrate_percentage: clamp(Math.round(session.average / 2.6), 15, 90),
    protein_percentage: 5,
    ...(pro ? { training_load_pro: trainingLoadPro(session) } : {}),
  };
}

function runningIndex(session: Session, athlete: Athlete): number | undefined {
  return session.sport.running ? athlete.vo2max + 1 : undefined;
}

export type ExerciseFlags = { samples: boolean; zones: boolean; route: boolean };

/** `/v3/exercises`: snake_case with kebab-case samples and zones. */
export function plainExercise(
  session: Session,
  athlete: Athlete,
  flags: ExerciseFlags,
  context: WireContext,
) {
  const index = runningIndex(session, athlete);
  return {
    id: session.hash,
    ...common(session, context),
    ...(index === undefined ? {} : { [context.knobs.runningIndexKey]: index }),
    ...(flags.zones ? { heart_rate_zones: zoneObjects(session, athlete, context) } : {}),
    ...(flags.samples
      ? { samples: sampleTypesOf(session).map((t) => sampleObject(sampleSeriesOf(session, t), context)) }
      : {}),
    ...(flags.route ? { route: routePoints(session) } : {}),
  };
}

function routePoints(session: Session) {
  return routeOf(session).map((p) => ({
    latitude: p.latitude,
    longitude: p.longitude,
    time: `PT${p.seconds.toFixed(3)}S`,
    satellites: 9,
    fix: 1,
  }));
}

/** The same session inside a transaction: kebab-case and an int64 id. */
export function transactionalExercise(
  session: Session,
  athlete: Athlete,
  transactionId: number,
  context: WireContext,
) {
  const index = runningIndex(session, athlete);
  const kebab = Object.entries(common(session, context)).map(([key, value]) => [
    key.replaceAll("_", "-"),
    value,
  ]);
  return {
    id: session.id,
    "transaction-id": transactionId,
    ...Object.fromEntries(kebab),
    ...(index === undefined ? {} : { "running-index": index }),
  };
}
