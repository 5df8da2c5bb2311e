import { isDeepStrictEqual } from "node:util";
import {
  listDailyActivities,
  upsertDailyActivities,
  upsertDailyLoads,
  upsertHeartRateDays,
  upsertMeasurements,
  upsertNights,
} from "@/db/queries/wearables";
import type { Context } from "@/lib/context";
import { grownDay } from "@/lib/wearables/grown-day";
import type { DailyActivity } from "@/lib/wearables/types";
import { settleWorkoutLoads } from "../workout-loads/settle";
import { type Owner, type Sourced, valuesOf } from "./sourced-values";
import { writePhysicalInfos } from "./write-physical-infos";
import { type ReadAgain, writeSleeps } from "./write-sleeps";
import { writeWorkouts } from "./write-workouts";

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

type ActivityRow = DailyActivity & Owner & { payloadId: string | null };

/** Days with what is stored of them already; each row names the payload that last made it grow. */
async function grown(ctx: Context, owner: Owner, found: readonly ActivityRow[]): Promise<ActivityRow[]> {
  if (found.length === 0) return [];
  const dates = [...new Set(found.map(byDate))];
  const days = new Map<string, ActivityRow>();
  for (const row of [...(await listDailyActivities(ctx.db, { ...owner, dates })), ...found]) {
    const before = days.get(row.date);
    const day = before ? grownDay(before, row) : row;
    const hasGrown = !before || !isDeepStrictEqual(day, grownDay(before, before));
    days.set(row.date, { ...owner, ...day, payloadId: hasGrown ? row.payloadId : before.payloadId });
  }
  return [...days.values()];
}

const byDate = (row: { date: string }) => row.date;

/**
 * Upserts normalised values; each row keeps the id of the payload its numbers came from.
 * @param sources in the order the payloads came: the later one counts
 * @param readAgain reads earlier payloads, of which a date's night and naps are told apart
 * @returns rows added or changed of the kinds that readiness looks at, and of all kinds
 */
export async function writeValues(
  ctx: Context,
  owner: Owner,
  sources: readonly Sourced[],
  readAgain: ReadAgain = async () => [],
): Promise<{ scoring: number; all: number }> {
  const rowOf = <T extends object>(it: { value: T; payloadId: string }) => ({
    ...owner,
    ...it.value,
    payloadId: it.payloadId,
  });
  const nights = valuesOf(sources, "night").map((it) => ({ ...rowOf(it), receivedAt: it.fetchedAt }));
  const activities = valuesOf(sources, "daily-activity").map(rowOf);
  const tests = valuesOf(sources, "measurement").map((it) => ({
    ...rowOf(it),
    recordedAt: new Date(it.value.recordedAt),
    deviceId: it.value.deviceId ?? "",
  }));
  const loads = valuesOf(sources, "daily-load").map(rowOf);
  const heartRates = valuesOf(sources, "heart-rate-day").map(rowOf);

  const workouts = await writeWorkouts(ctx, owner, { found: valuesOf(sources, "workout"), readAgain });
  const bodies = await writePhysicalInfos(ctx, owner, valuesOf(sources, "physical-info"));
  const settled = workouts + bodies > 0 ? await settleWorkoutLoads(ctx, [owner.athleteId]) : 0;
  const slept = await writeSleeps(ctx, owner, { found: valuesOf(sources, "sleep"), readAgain });
  const scoring =
    (await upsertNights(ctx.db, firstReceived(nights))) +
    slept.nights +
    (await upsertDailyLoads(ctx.db, latestPer(loads, byDate))) +
    (await upsertDailyActivities(ctx.db, await grown(ctx, owner, activities))) +
    Math.max(workouts, settled);
  const others =
    bodies +
    slept.naps +
    (await upsertHeartRateDays(ctx.db, latestPer(heartRates, byDate))) +
    (await upsertMeasurements(
      ctx.db,
      latestPer(tests, (row) => [row.kind, row.recordedAt.toISOString(), row.deviceId].join("/")),
    ));
  return { scoring, all: scoring + others };
}
