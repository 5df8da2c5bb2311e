import { recordLooks } from "@/db/queries/log";
import { findWorkoutView, listWorkoutSeries } from "@/db/queries/workouts";
import { inTransaction } from "@/db/transaction";
import { type Context, can } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { SessionLoadKind } from "@/lib/readiness/load/kind";
import { type MissingInput, NEEDS } from "@/lib/readiness/load/session-loads";
import { requireCan, requireId } from "@/lib/services/access/require";
import type { CivilDate } from "@/lib/time/civil-date";
import type { HeartRateZone, RecordingFile, WorkoutPolar } from "@/lib/wearables/types";

/** The series that have a chart of their own. */
const CHARTED_KINDS = [
  "heart-rate",
  "speed",
  "power",
  "cadence",
  "running-cadence",
  "altitude",
  "temperature",
] as const;

export type ChartedKind = (typeof CHARTED_KINDS)[number];

/** A stretch of a session in numbers: the charts' table. */
type Split = { fromS: number; toS: number; means: Partial<Record<ChartedKind, number | null>> };

/** A session's load of one kind in arbitrary units, or what it lacks. */
type SessionLoad = { kind: SessionLoadKind; load: number | null; missing: MissingInput[] };

export type WorkoutView = {
  id: string;
  athlete: { id: string; name: string };
  squad: { id: string; name: string; timeZone: string };
  date: CivilDate;
  /** Local wall-clock time of the athlete at the start, `HH:MM`. */
  startedAt: string;
  sport: string;
  durationS: number;
  distanceM: number | null;
  /** Of runs only. */
  paceSPerKm: number | null;
  energyKcal: number | null;
  heartRateAvgBpm: number | null;
  heartRateMaxBpm: number | null;
  cardioLoad: number | null;
  device: string | null;
  zones: HeartRateZone[];
  polar: WorkoutPolar;
  /** Empty until they are computed. */
  loads: SessionLoad[];
  /** Formats in which Polar keeps the recording. */
  fileFormats: RecordingFile["format"][];
  series: { kind: ChartedKind; series: Series }[];
  splits: Split[];
  /** For those who may read what Polar sent. */
  payloadIds: string[];
};

const MOST_POINTS = 300;

const SPLIT_S = 300;

type Found = NonNullable<Awaited<ReturnType<typeof findWorkoutView>>>;

type Stored = { kind: ChartedKind; rateS: number; values: (number | null)[] };

/**
 * One session with its recorded series, thinned for drawing and as five-minute means. The look is written to the
 * athlete's access log in the same transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewWorkout(of: {
  ctx: Context;
  input: { athleteId: string; workoutId: string };
}): Promise<WorkoutView> {
  const { teamId, userId } = requireCan(of.ctx, "athletes.view");
  const athleteId = requireId(of.input.athleteId);
  const workoutId = requireId(of.input.workoutId);
  return inTransaction(of.ctx, async (ctx) => {
    const found = await findWorkoutView(ctx.db, { teamId, athleteId, workoutId });
    if (!found || found.athlete.stoppedAt) throw new AppError("not-found", "This session is not there.");
    const look = { teamId, athleteIds: [athleteId], userId, what: "workout", lookedAt: ctx.now } as const;
    await recordLooks(ctx.db, look);
    const series = chartedOf(await listWorkoutSeries(ctx.db, workoutId), found.workout.sport);
    const { payloadId, detailPayloadId } = found.workout;
    return {
      ...factsOf(found),
      series: series.map(({ kind, rateS, values }) => ({
        kind,
        series: downsample(values, rateS, MOST_POINTS),
      })),
      splits: splitsOf(series, found.workout.durationMs / 1000),
      payloadIds: can(ctx.actor, "payloads.view")
        ? [payloadId, detailPayloadId].filter((id) => id !== null)
        : [],
    };
  });
}

function factsOf({
  workout,
  loads,
  athlete,
  squad,
}: Found): Omit<WorkoutView, "series" | "splits" | "payloadIds"> {
  const local = new Date(workout.startAt.getTime() + workout.utcOffsetMinutes * 60_000);
  return {
    id: workout.id,
    athlete: { id: athlete.id, name: athlete.name },
    squad,
    date: workout.date,
    startedAt: local.toISOString().slice(11, 16),
    sport: workout.sport,
    durationS: workout.durationMs / 1000,
    distanceM: workout.distanceM,
    paceSPerKm: runPace(workout),
    energyKcal: workout.energyKcal,
    heartRateAvgBpm: workout.heartRateAvgBpm,
    heartRateMaxBpm: workout.heartRateMaxBpm,
    cardioLoad: workout.cardioLoad,
    device: workout.device,
    zones: knownZones(workout.zones),
    polar: workout.polar,
    loads: loads === null ? [] : sessionLoadsOf(loads),
    fileFormats: (workout.files ?? []).map((file) => file.format),
  };
}

function sessionLoadsOf({ missing, ...loads }: NonNullable<Found["loads"]>): SessionLoad[] {
  const lacks = (needs: readonly MissingInput[]) => needs.filter((input) => missing.includes(input));
  return [
    { kind: "banister", load: loads.banister, missing: lacks(NEEDS.banister) },
    { kind: "edwards", load: loads.edwards, missing: lacks(NEEDS.edwards) },
    { kind: "session-rpe", load: loads.sessionRpe, missing: lacks(NEEDS["session-rpe"]) },
  ];
}

/** Zones that sum up to nothing are those of a session without heart rate: not known, not rest. */
function knownZones(zones: Found["workout"]["zones"]): WorkoutView["zones"] {
  return zones?.some((zone) => zone.inZoneS > 0) ? zones : [];
}

/** A run's cadence is one series in steps per minute, whichever sample type it came as. */
function chartedOf(rows: Awaited<ReturnType<typeof listWorkoutSeries>>, sport: string): Stored[] {
  const asRun = (row: (typeof rows)[number]) => {
    const isCadence = row.kind === "cadence" || row.kind === "running-cadence";
    if (!isRun(sport) || !isCadence) return row;
    return { ...row, kind: "running-cadence" as const, values: stepsPerMinute(row.values) };
  };
  const read = rows.map(asRun);
  return CHARTED_KINDS.flatMap((kind) => {
    const row = read.find((series) => series.kind === kind);
    const silent = !row?.recordingRateS || row.values.every((value) => value === null);
    return silent ? [] : [{ kind, rateS: row.recordingRateS!, values: row.values }];
  });
}

function splitsOf(series: readonly Stored[], durationS: number): Split[] {
  return Array.from({ length: Math.ceil(durationS / SPLIT_S) }, (_, i) => {
    const fromS = i * SPLIT_S;
    const toS = Math.min(durationS, fromS + SPLIT_S);
    const means = series.map(({ kind, rateS, values }) => {
      const part = values.slice(Math.floor(fromS / rateS), Math.ceil(toS / rateS));
      return [kind, downsample(part, rateS, 1).values[0] ?? null];
    });
    return { fromS, toS, means: Object.fromEntries(means) };
  });
}

/** A recorded series at fewer, evenly spaced points. */
type Series = { stepS: number; values: (number | null)[] };

/**
 * Means of equal stretches, at most `most` of them; a stretch without a single value stays null. Pure.
 * @param rateS seconds between two recorded values
 */
export function downsample(values: readonly (number | null)[], rateS: number, most: number): Series {
  const width = Math.max(1, Math.ceil(values.length / most));
  const means: (number | null)[] = [];
  for (let from = 0; from < values.length; from += width) {
    means.push(meanOf(values.slice(from, from + width)));
  }
  return { stepS: rateS * width, values: means };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return Math.round((known.reduce((sum, value) => sum + value, 0) / known.length) * 100) / 100;
}

/** Sports on foot whose pace and steps coaches read, by their neutral names; what Polar names anew ends in "running". */
const ON_FOOT = new Set(["jogging", "ultrarunning", "orienteering", "trail-running", "treadmill-running"]);

/** True for runs of any kind. Water running has neither pace nor steps. */
export function isRun(sport: string): boolean {
  return ON_FOOT.has(sport) || (sport.endsWith("running") && sport !== "water-running");
}

/** Below this median no run is counted in steps of both feet: recreational runners take 150 to 190 a minute. */
const STEPS_FROM = 120;

/**
 * A run's cadence in steps of both feet per minute. Polar's stride sensors and watches count how often one foot lands
 * ("the number of times the foot with the stride sensor hits the ground per minute", RS800CX and V800 manuals; 85-95 in
 * elite runners), while AccessLink's appendix calls the unit "spm": a series whose median is that of one foot is doubled.
 * @param values per minute, null where the sensor was silent; zeros, standing, do not count for the median
 */
export function stepsPerMinute(values: readonly (number | null)[]): (number | null)[] {
  const moving = values.filter((value) => value !== null && value > 0).toSorted((a, b) => a! - b!);
  const median = moving[Math.floor(moving.length / 2)] ?? STEPS_FROM;
  const perFoot = median < STEPS_FROM;
  return perFoot ? values.map((value) => (value === null ? null : value * 2)) : [...values];
}

/** A run's seconds per kilometre; null for other sports and where there is no distance to speak of. */
export function runPace(of: { sport: string; durationMs: number; distanceM: number | null }): number | null {
  if (!isRun(of.sport) || of.distanceM === null || of.distanceM < 100 || of.durationMs <= 0) return null;
  return of.durationMs / of.distanceM;
}
