import {
  upsertDailyActivities,
  upsertDailyLoads,
  upsertHeartRateDays,
  upsertMeasurements,
  upsertNights,
  upsertPhysicalInfos,
  upsertSleeps,
} from "@/db/queries/wearables/days";
import type { Context } from "@/lib/context";
import type { NormalisedPayload } from "@/lib/polar/normalise/payload";
import { settleWorkoutLoads } from "../workout-loads/settle";
import { writeWorkouts } from "./write-workouts";

export type Owner = { teamId: string; athleteId: string };

/** The values of one payload with where they come from. */
export type Sourced = { payloadId: string; fetchedAt: Date; normalised: NormalisedPayload };

type Kind = NormalisedPayload["kind"];
type ValueOf<K extends Kind> = Extract<NormalisedPayload, { kind: K }>["values"][number];
export type SourcedValue<K extends Kind> = { value: ValueOf<K>; payloadId: string; fetchedAt: Date };

function valuesOf<K extends Kind>(sources: readonly Sourced[], kind: K): SourcedValue<K>[] {
  return sources
    .filter((source) => source.normalised.kind === kind)
    .flatMap(({ normalised, payloadId, fetchedAt }) =>
      (normalised.values as ValueOf<K>[]).map((value) => ({ value, payloadId, fetchedAt })),
    );
}

/** The later values of a night, and when the night first came. */
function firstReceived<T extends { date: string; receivedAt: Date }>(rows: readonly T[]): T[] {
  const first = new Map(rows.toReversed().map((row) => [row.date, row.receivedAt]));
  return latestPer(rows, byDate).map((row) => ({
    ...row,
    receivedAt: first.get(row.date) ?? row.receivedAt,
  }));
}

function latestPer<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  return [...new Map(values.map((value) => [keyOf(value), value])).values()];
}

/** What a later payload of the same day leaves open is taken from the earlier one. */
function mergedPer<T extends object>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const merged = new Map<string, T>();
  for (const row of rows) {
    const before = merged.get(keyOf(row));
    merged.set(keyOf(row), before ? over(before, row) : row);
  }
  return [...merged.values()];
}

function over<T extends object>(before: T, after: T): T {
  const entries = Object.entries(after).map(([key, value]) => {
    const earlier = (before as Record<string, unknown>)[key];
    if (isPlainObject(value) && isPlainObject(earlier)) return [key, over(earlier, value)];
    return [key, value ?? earlier];
  });
  return { ...before, ...Object.fromEntries(entries) };
}

function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const byDate = (row: { date: string }) => row.date;

/**
 * Upserts normalised values; each row keeps the id of the payload its numbers came from.
 * @param sources in the order the payloads came: the later one counts
 * @returns rows added or changed of the kinds that readiness looks at, and of all kinds
 */
export async function writeValues(
  ctx: Context,
  owner: Owner,
  sources: readonly Sourced[],
): Promise<{ scoring: number; all: number }> {
  const rowOf = <T extends object>(it: { value: T; payloadId: string }) => ({
    ...owner,
    ...it.value,
    payloadId: it.payloadId,
  });
  const nights = valuesOf(sources, "night").map((it) => ({ ...rowOf(it), receivedAt: it.fetchedAt }));
  const sleeps = valuesOf(sources, "sleep").map((it) => ({
    ...rowOf(it),
    startAt: new Date(it.value.startAt),
    endAt: new Date(it.value.endAt),
  }));
  const activities = valuesOf(sources, "daily-activity").map(rowOf);
  const infos = valuesOf(sources, "physical-info").map((it) => ({
    ...rowOf(it),
    recordedAt: new Date(it.value.recordedAt),
  }));
  const tests = valuesOf(sources, "measurement").map((it) => ({
    ...rowOf(it),
    recordedAt: new Date(it.value.recordedAt),
    deviceId: it.value.deviceId ?? "",
  }));
  const loads = valuesOf(sources, "daily-load").map(rowOf);
  const heartRates = valuesOf(sources, "heart-rate-day").map(rowOf);

  const workouts = await writeWorkouts(ctx, owner, valuesOf(sources, "workout"));
  const bodies = await upsertPhysicalInfos(
    ctx.db,
    mergedPer(infos, (row) => row.recordedAt.toISOString()),
  );
  const settled = workouts + bodies > 0 ? await settleWorkoutLoads(ctx, [owner.athleteId]) : 0;
  const scoring =
    (await upsertNights(ctx.db, firstReceived(nights))) +
    (await upsertSleeps(ctx.db, latestPer(sleeps, byDate))) +
    (await upsertDailyLoads(ctx.db, latestPer(loads, byDate))) +
    (await upsertDailyActivities(ctx.db, mergedPer(activities, byDate))) +
    Math.max(workouts, settled);
  const others =
    bodies +
    (await upsertHeartRateDays(ctx.db, latestPer(heartRates, byDate))) +
    (await upsertMeasurements(
      ctx.db,
      latestPer(tests, (row) => [row.kind, row.recordedAt.toISOString(), row.deviceId].join("/")),
    ));
  return { scoring, all: scoring + others };
}
