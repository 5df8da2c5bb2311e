import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  listWorkoutsLike,
  saveWorkouts,
  upsertWorkoutSamples,
  type WorkoutRow,
} from "@/db/queries/wearables/workouts";
import { forgetWorkoutLoads } from "@/db/queries/workout-loads/write";
import type { Context } from "@/lib/context";
import type { Workout } from "@/lib/wearables/types";
import type { Owner, SourcedValue } from "./write-values";

type SourcedWorkout = SourcedValue<"workout">;

const MAX_DURATION_DIFFERENCE_MS = 1000;

/** One session comes under two ids: a number inside transactions, a hash in the plain collection. */
function hasSameId(row: WorkoutRow, { polarHashId, polarTransactionItemId }: Workout): boolean {
  if (polarHashId !== null && row.polarHashId === polarHashId) return true;
  return polarTransactionItemId !== null && row.polarTransactionItemId === polarTransactionItemId;
}

/** Start, duration and device agree; a channel that leaves the device out agrees with any. */
function isSameSession(row: WorkoutRow, workout: Workout): boolean {
  const devices = [row.deviceId, workout.deviceId ?? ""];
  return (
    row.startAt.getTime() === Date.parse(workout.startAt) &&
    Math.abs(row.durationMs - workout.durationMs) <= MAX_DURATION_DIFFERENCE_MS &&
    (devices[0] === devices[1] || devices.includes(""))
  );
}

function positionOf(rows: readonly WorkoutRow[], workout: Workout): number {
  const byId = rows.findIndex((row) => hasSameId(row, workout));
  return byId >= 0 ? byId : rows.findIndex((row) => isSameSession(row, workout));
}

/** Everything but samples, as a row; null fields are left to what is stored. */
function known<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
}

type Columns = Omit<WorkoutRow, "id" | "teamId" | "athleteId" | "payloadId" | "detailPayloadId">;

function columnsOf(workout: Workout): Columns {
  const { samples: _, startAt, deviceId, ...summary } = workout;
  return { ...summary, startAt: new Date(startAt), deviceId: deviceId ?? "" };
}

function updateOf(row: WorkoutRow, workout: Workout): Partial<Columns> {
  const columns = columnsOf(workout);
  const next = {
    ...known(columns),
    deviceId: columns.deviceId || row.deviceId,
    polar: { ...row.polar, ...known(workout.polar) },
  };
  const stored = row as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(next).filter(([name, value]) => !isDeepStrictEqual(stored[name], value)),
  ) as Partial<Columns>;
}

const hasDetails = ({ samples, zones, route, files }: Workout) =>
  samples.length > 0 || zones !== null || route !== null || files !== null;

/** What only the plain collection knows: it changes where the details come from, not the summary. */
const DETAILS = ["zones", "route", "files", "polarHashId"];

function newRow(owner: Owner, it: SourcedWorkout): WorkoutRow {
  const detailPayloadId = hasDetails(it.value) ? it.payloadId : null;
  return {
    id: randomUUID(),
    ...owner,
    ...columnsOf(it.value),
    payloadId: it.payloadId,
    detailPayloadId,
  };
}

/** The stored session with what a payload adds to it; the very same row when that is nothing. */
function updatedRow(row: WorkoutRow, it: SourcedWorkout): WorkoutRow {
  const update = updateOf(row, it.value);
  if (Object.keys(update).length === 0 && row.payloadId !== null) return row;
  const onlyDetails = Object.keys(update).every((name) => DETAILS.includes(name));
  return {
    ...row,
    ...update,
    payloadId: onlyDetails ? (row.payloadId ?? it.payloadId) : it.payloadId,
    detailPayloadId: hasDetails(it.value) ? it.payloadId : row.detailPayloadId,
  };
}

function sampleRows(owner: Owner, it: SourcedWorkout, workoutId: string) {
  return it.value.samples.map((sample) => ({ ...owner, ...sample, workoutId, payloadId: it.payloadId }));
}

/** Upserts sessions and their series, all at once; loads of those that changed are taken away. @returns sessions added or changed */
export async function writeWorkouts(
  ctx: Context,
  owner: Owner,
  found: readonly SourcedWorkout[],
): Promise<number> {
  if (found.length === 0) return 0;
  const rows = await listWorkoutsLike(ctx.db, {
    athleteId: owner.athleteId,
    startAts: found.map((it) => new Date(it.value.startAt)),
    itemIds: found.flatMap((it) => it.value.polarTransactionItemId ?? []),
    hashIds: found.flatMap((it) => it.value.polarHashId ?? []),
  });
  const changed = new Map<string, WorkoutRow>();
  const series = new Map<string, ReturnType<typeof sampleRows>[number]>();
  for (const it of found) {
    const at = positionOf(rows, it.value);
    const before = rows[at];
    const row = before ? updatedRow(before, it) : newRow(owner, it);
    if (row !== before) changed.set(row.id, row);
    rows.splice(at < 0 ? rows.length : at, 1, row);
    for (const sample of sampleRows(owner, it, row.id)) series.set(`${row.id} ${sample.kind}`, sample);
  }
  await saveWorkouts(ctx.db, [...changed.values()]);
  const withNewSeries = await upsertWorkoutSamples(ctx.db, [...series.values()]);
  const workoutIds = new Set([...changed.keys(), ...withNewSeries]);
  await forgetWorkoutLoads(ctx.db, { workoutIds: [...workoutIds] });
  return workoutIds.size;
}
