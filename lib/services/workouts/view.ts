import { recordLooks } from "@/db/queries/log";
import { findWorkoutView, listWorkoutSeries } from "@/db/queries/workouts";
import { inTransaction } from "@/db/transaction";
import { type MissingInput, NEEDS } from "@/lib/readiness/load/session-loads";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { downsample } from "./downsample";
import { isRun, runPace, stepsPerMinute } from "./running";
import {
  CHARTED_KINDS,
  type ChartedKind,
  type SessionLoad,
  type Split,
  type WorkoutView,
} from "./view-model";

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
  const { teamId, userId, role } = requireCoach(of.ctx, "viewer");
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
      payloadIds: role === "owner" ? [payloadId, detailPayloadId].filter((id) => id !== null) : [],
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
