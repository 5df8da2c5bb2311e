import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { listLastPayloads } from "@/db/queries/payloads";
import {
  forgetWorkoutLoads,
  joinWorkouts,
  listWorkoutsLike,
  saveWorkouts,
  upsertWorkoutSamples,
  type WorkoutRow,
} from "@/db/queries/workouts";
import type { Context } from "@/lib/context";
import { POLAR } from "@/lib/wearables/provider";
import {
  haveTwoHashes,
  isNewerVersion,
  isSameSession,
  isSameStretch,
  likenessOf,
  type SessionIdentity,
  type SessionVersion,
} from "@/lib/wearables/same-session";
import type { Workout } from "@/lib/wearables/types";
import { type Owner, type SourcedValue, valuesOf } from "./sourced-values";
import type { ReadAgain } from "./write-values";

type SourcedWorkout = SourcedValue<"workout">;

const msOf = (time: Date | string | null | undefined) => (time ? new Date(time).getTime() : null);

function identityOfRow(row: WorkoutRow): SessionIdentity & SessionVersion {
  return {
    hashId: row.polarHashId,
    itemIds: [row.polarTransactionItemId ?? [], row.earlierItemIds].flat(),
    startMs: row.startAt.getTime(),
    durationMs: row.durationMs,
    sport: row.sport,
    deviceId: row.deviceId,
    uploadedMs: msOf(row.uploadedAt),
  };
}

function identityOf(workout: Workout): SessionIdentity & SessionVersion {
  return {
    hashId: workout.polar?.hashId ?? null,
    itemIds: [workout.polar?.transactionItemId ?? []].flat(),
    startMs: Date.parse(workout.startAt),
    durationMs: workout.durationMs,
    sport: workout.sport,
    deviceId: workout.deviceId ?? "",
    uploadedMs: msOf(workout.uploadedAt),
  };
}

/** Everything but samples, as a row; null fields are left to what is stored. */
function known<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Partial<T>;
}

type Provenance = "id" | "teamId" | "athleteId" | "payloadId" | "detailPayloadId";

type Columns = Omit<WorkoutRow, Provenance | "earlierItemIds">;

/** What only Polar has has columns of its own; those of another provider's session stay empty. */
function polarColumns(polar: Workout["polar"]) {
  if (polar === null) return { polarTransactionItemId: null, polarHashId: null, polar: null };
  const { transactionItemId: polarTransactionItemId, hashId: polarHashId, ...facts } = polar;
  return { polarTransactionItemId, polarHashId, polar: facts };
}

function columnsOf({ samples: _, startAt, uploadedAt, deviceId, polar, ...summary }: Workout): Columns {
  return {
    ...summary,
    ...polarColumns(polar),
    startAt: new Date(startAt),
    uploadedAt: uploadedAt ? new Date(uploadedAt) : null,
    deviceId: deviceId ?? "",
  };
}

/** The highest number is the session's latest; the others are remembered, so that none of them makes a second session. */
function numbersOf(row: WorkoutRow, more: readonly number[]) {
  const ids = [...new Set([...identityOfRow(row).itemIds, ...more])].sort((a, b) => b - a);
  const [polarTransactionItemId = null, ...earlierItemIds] = ids;
  return { polarTransactionItemId, earlierItemIds };
}

/** One version over another: what the first leaves open is taken from the second. */
function layered(over: Columns, under: Columns): Columns {
  return {
    ...under,
    ...known(over),
    deviceId: over.deviceId || under.deviceId,
    polarHashId: over.polarHashId ?? under.polarHashId,
    polar: over.polar && under.polar ? { ...under.polar, ...known(over.polar) } : (over.polar ?? under.polar),
  };
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
    earlierItemIds: [],
    payloadId: it.payloadId,
    detailPayloadId,
  };
}

/** The stored session with what a payload adds to it; the very same row when that is nothing. */
function updatedRow(row: WorkoutRow, it: SourcedWorkout): WorkoutRow {
  const incoming = columnsOf(it.value);
  const isNewer = row.payloadId === null || isNewerVersion(identityOf(it.value), identityOfRow(row));
  const next: WorkoutRow = {
    ...row,
    ...(isNewer ? layered(incoming, row) : layered(row, incoming)),
    ...numbersOf(row, identityOf(it.value).itemIds),
  };
  const names = Object.keys(next) as (keyof WorkoutRow)[];
  const changed = names.filter((name) => !isDeepStrictEqual(row[name], next[name]));
  if (changed.length === 0 && row.payloadId !== null) return row;
  const onlyDetails = changed.every((name) => DETAILS.includes(name));
  return {
    ...next,
    payloadId: isNewer && !onlyDetails ? it.payloadId : (row.payloadId ?? it.payloadId),
    detailPayloadId: hasDetails(it.value) ? it.payloadId : row.detailPayloadId,
  };
}

/** Two rows that turn out to be one session: the first keeps its id and takes what it lacks, or what is newer, from the other. */
function joinedWith(row: WorkoutRow, other: WorkoutRow): WorkoutRow {
  const isNewer = isNewerVersion(identityOfRow(other), identityOfRow(row));
  return {
    ...row,
    ...(isNewer ? layered(other, row) : layered(row, other)),
    id: row.id,
    ...numbersOf(row, identityOfRow(other).itemIds),
    payloadId: isNewer ? other.payloadId : row.payloadId,
    detailPayloadId: row.detailPayloadId ?? other.detailPayloadId,
  };
}

function sampleRows(owner: Owner, it: SourcedWorkout, workoutId: string) {
  return it.value.samples.map((sample) => ({ ...owner, ...sample, workoutId, payloadId: it.payloadId }));
}

type SampleRow = ReturnType<typeof sampleRows>[number];

/** An athlete's sessions while payloads are worked into them. */
type Worked = {
  rows: WorkoutRow[];
  stored: ReadonlySet<string>;
  changed: Map<string, WorkoutRow>;
  series: SampleRow[];
  /** Sessions that became part of another. */
  into: Map<string, string>;
  /** Hashes of sessions whose values are those of another: its item had been taken for an edit of them. */
  mistaken: Set<string>;
};

/**
 * Rows that are the same session, the one to keep first: the surest, then stored before new, known by its hash before
 * others. Rows with another hash than the first are sessions of their own, however alike they are.
 */
function rowsOfSession(worked: Worked, workout: Workout): WorkoutRow[] {
  const identity = identityOf(workout);
  const worth = (row: WorkoutRow) =>
    likenessOf(identityOfRow(row), identity) * 4 +
    Number(worked.stored.has(row.id)) * 2 +
    Number(row.polarHashId !== null);
  const same = worked.rows
    .filter((row) => isSameSession(identityOfRow(row), identity))
    .toSorted((a, b) => worth(b) - worth(a));
  const hashId = same.find((row) => row.polarHashId !== null)?.polarHashId ?? null;
  return same.filter((row) => !haveTwoHashes(identityOfRow(row), { hashId }));
}

/**
 * The plain collection shows a session where another one with its own hash is stored: an item of the one was taken for
 * an edit of the other. Its number goes where it belongs, and the other's values are read again.
 */
function correctMistaken(worked: Worked, it: SourcedWorkout, row: WorkoutRow): WorkoutRow {
  const identity = identityOf(it.value);
  const other = worked.rows.find(
    (one) => haveTwoHashes(identityOfRow(one), identity) && isSameStretch(identityOfRow(one), identity),
  );
  if (!other?.polarHashId || other.polarTransactionItemId === null) return row;
  const [polarTransactionItemId = null, ...earlierItemIds] = other.earlierItemIds;
  const corrected = { ...other, polarTransactionItemId, earlierItemIds };
  worked.mistaken.add(other.polarHashId);
  worked.rows = worked.rows.map((one) => (one === other ? corrected : one));
  worked.changed.set(other.id, corrected);
  return { ...row, ...numbersOf(row, [other.polarTransactionItemId]) };
}

/** Gives sessions their own values back, as the plain collection showed them last. */
function restore(worked: Worked, found: readonly SourcedWorkout[]): void {
  for (const { value, payloadId } of found) {
    const { hashId } = identityOf(value);
    const row = worked.rows.find(({ polarHashId }) => hashId !== null && polarHashId === hashId);
    if (!row) continue;
    const own = { ...row, ...columnsOf(value), ...numbersOf(row, []), payloadId, detailPayloadId: payloadId };
    worked.rows = worked.rows.map((one) => (one === row ? own : one));
    worked.changed.set(row.id, own);
  }
}

function workIn(owner: Owner, worked: Worked, it: SourcedWorkout): void {
  const same = rowsOfSession(worked, it.value);
  const [before, ...others] = same;
  const base = others.reduce<WorkoutRow | undefined>((row, other) => row && joinedWith(row, other), before);
  const row = base ? updatedRow(base, it) : correctMistaken(worked, it, newRow(owner, it));
  for (const other of others) {
    worked.into.set(other.id, row.id);
    worked.changed.delete(other.id);
  }
  worked.rows = [...worked.rows.filter((one) => !same.includes(one)), row];
  if (row !== before) worked.changed.set(row.id, row);
  worked.series.push(...sampleRows(owner, it, row.id));
}

/** Where a session ended up after it was joined with others. */
function lastOf(into: ReadonlyMap<string, string>, id: string): string {
  const next = into.get(id);
  return next === undefined ? id : lastOf(into, next);
}

/** Upserts sessions and their series, all at once; loads of those that changed are taken away. @returns sessions added or changed */
export async function writeWorkouts(
  ctx: Context,
  owner: Owner,
  input: { found: readonly SourcedWorkout[]; readAgain: ReadAgain },
): Promise<number> {
  const { found, readAgain } = input;
  if (found.length === 0) return 0;
  const identities = found.map((it) => identityOf(it.value));
  const rows = await listWorkoutsLike(ctx.db, {
    athleteId: owner.athleteId,
    spans: identities.map(({ startMs, durationMs }) => ({ startMs, endMs: startMs + durationMs })),
    itemIds: identities.flatMap((it) => it.itemIds),
    hashIds: identities.flatMap((it) => it.hashId ?? []),
  });
  const stored = new Set(rows.map((row) => row.id));
  const worked: Worked = {
    rows,
    stored,
    changed: new Map(),
    series: [],
    into: new Map(),
    mistaken: new Set(),
  };
  for (const it of found) workIn(owner, worked, it);
  if (worked.mistaken.size > 0) {
    const payloads = await listLastPayloads(ctx.db, {
      athleteId: owner.athleteId,
      provider: POLAR,
      resource: "exercise",
      providerKeys: [...worked.mistaken],
    });
    restore(worked, valuesOf(await readAgain(payloads), "workout"));
  }
  await joinWorkouts(
    ctx.db,
    [...worked.into.keys()]
      .filter((id) => stored.has(id))
      .map((goneId) => ({ goneId, keptId: lastOf(worked.into, goneId) })),
  );
  await saveWorkouts(ctx.db, [...worked.changed.values()]);
  const series = new Map(
    worked.series.map((sample) => {
      const workoutId = lastOf(worked.into, sample.workoutId);
      return [`${workoutId} ${sample.kind}`, { ...sample, workoutId }];
    }),
  );
  const withNewSeries = await upsertWorkoutSamples(ctx.db, [...series.values()]);
  const workoutIds = new Set([...worked.changed.keys(), ...withNewSeries]);
  await forgetWorkoutLoads(ctx.db, { workoutIds: [...workoutIds] });
  return workoutIds.size;
}
