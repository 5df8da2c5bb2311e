import { isDeepStrictEqual } from "node:util";
import { listSleepPayloads, type PayloadRow } from "@/db/queries/payloads";
import { ensureSources } from "@/db/queries/sources";
import {
  listDailyActivities,
  listPhysicalInfos,
  type PhysicalInfoRow,
  removePhysicalInfos,
  removeSleeps,
  upsertDailyActivities,
  upsertDailyLoads,
  upsertHeartRateDays,
  upsertMeasurements,
  upsertNaps,
  upsertNights,
  upsertPhysicalInfos,
  upsertSleeps,
} from "@/db/queries/wearables";
import type { Context } from "@/lib/context";
import { settleWorkoutLoads } from "@/lib/services/workouts/loads";
import { type BodyEntry, isSameEntry, joinedEntry } from "@/lib/wearables/body-entries";
import { grownDay } from "@/lib/wearables/grown-day";
import { type FetchedSleep, sleepsOfDate } from "@/lib/wearables/sleeps-of-date";
import { sourceOf } from "@/lib/wearables/source";
import type { DailyActivity, RechargePolar } from "@/lib/wearables/types";
import { type Owner, type Sourced, type SourcedValue, valuesOf } from "./sourced-values";
import { writeWorkouts } from "./write-workouts";

const NO_RECHARGE = { ansCharge: null, ansChargeStatus: null, rechargeStatus: null } satisfies RechargePolar;

type NightKey = { date: string; sourceId: number; metric: string };

const byNight = ({ date, sourceId, metric }: NightKey) => [date, sourceId, metric].join("/");

/** The later values of a night, and when the night first came. */
function firstReceived<T extends NightKey & { receivedAt: Date }>(rows: readonly T[]): T[] {
  const first = new Map(rows.toReversed().map((row) => [byNight(row), row.receivedAt]));
  return latestPer(rows, byNight).map((row) => ({
    ...row,
    receivedAt: first.get(byNight(row)) ?? row.receivedAt,
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
  const sourceIdOf = await sourceIdsOf(ctx, owner, sources);
  const nights = valuesOf(sources, "night").map((it) => {
    const { polar, ...night } = rowOf(it);
    return { ...night, ...(polar ?? NO_RECHARGE), sourceId: sourceIdOf(it), receivedAt: it.fetchedAt };
  });
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
  const slept = await writeSleeps(ctx, owner, { found: valuesOf(sources, "sleep"), sourceIdOf, readAgain });
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

type FromSource = SourcedValue<"night"> | SourcedValue<"sleep">;

const recorderOf = ({ provider, value }: FromSource) => sourceOf(provider, value.recorder);

/** The number of the source that a night or sleep comes from; all of them are found or made at once. */
async function sourceIdsOf(ctx: Context, owner: Owner, sources: readonly Sourced[]) {
  const found: FromSource[] = [...valuesOf(sources, "night"), ...valuesOf(sources, "sleep")];
  const idOf = await ensureSources(ctx.db, { ...owner, sources: found.map(recorderOf), seenAt: ctx.now });
  return (it: FromSource) => idOf(recorderOf(it));
}

/** Reads payloads that are stored already with the parser at hand. */
export type ReadAgain = (payloads: readonly PayloadRow[]) => Promise<Sourced[]>;

type Candidate = FetchedSleep & { payloadId: string };

const candidateOf = ({ value, payloadId, fetchedAt }: SourcedValue<"sleep">): Candidate => ({
  sleep: value,
  payloadId,
  fetchedMs: fetchedAt.getTime(),
});

const sleepRowOf = (owner: Owner & { sourceId: number }, { sleep, payloadId }: Candidate) => ({
  ...owner,
  ...sleep,
  startAt: new Date(sleep.startAt),
  endAt: new Date(sleep.endAt),
  payloadId,
});

type FoundSleeps = {
  found: readonly SourcedValue<"sleep">[];
  sourceIdOf: (it: FromSource) => number;
  readAgain: ReadAgain;
};

/** Writes the nights and naps of the dates that new sleeps belong to, source by source. @returns how many nights, and how many naps, are new, changed or gone */
async function writeSleeps(
  ctx: Context,
  owner: Owner,
  { found, sourceIdOf, readAgain }: FoundSleeps,
): Promise<{ nights: number; naps: number }> {
  const sum = { nights: 0, naps: 0 };
  for (const sourceId of new Set(found.map(sourceIdOf))) {
    const ofSource = found.filter((it) => sourceIdOf(it) === sourceId);
    const { nights, naps } = await writeSleepsOf(ctx, { ...owner, sourceId }, { found: ofSource, readAgain });
    sum.nights += nights;
    sum.naps += naps;
  }
  return sum;
}

/**
 * Each date of a source is decided anew from every payload that is stored of it, so that neither the order of arrival nor
 * a correction makes a difference.
 */
async function writeSleepsOf(
  ctx: Context,
  owner: Owner & { sourceId: number },
  { found, readAgain }: Omit<FoundSleeps, "sourceIdOf">,
): Promise<{ nights: number; naps: number }> {
  const [first] = found;
  if (!first) return { nights: 0, naps: 0 };
  const dates = [...new Set(found.map(({ value }) => value.date))];
  const { athleteId, sourceId } = owner;
  const { provider } = first;
  const exceptIds = found.map((one) => one.payloadId);
  const stored = await listSleepPayloads(ctx.db, { athleteId, provider, dates, exceptIds });
  const source = recorderOf(first);
  const earlier = valuesOf(await readAgain(stored), "sleep").filter((it) =>
    isDeepStrictEqual(recorderOf(it), source),
  );
  const all = [...earlier, ...found].map(candidateOf);
  const decided = dates.map((date) => sleepsOfDate(all.filter(({ sleep }) => sleep.date === date)));
  const nights = decided.flatMap(({ night }) => (night ? [sleepRowOf(owner, night)] : []));
  const naps = decided.flatMap((date) => date.naps).map((nap) => sleepRowOf(owner, nap));
  const gone = await removeSleeps(ctx.db, {
    athleteId,
    sourceId,
    dates,
    nights: nights.map((night) => night.date),
    naps: naps.map((nap) => nap.startAt),
  });
  return {
    nights: gone.nights + (await upsertSleeps(ctx.db, nights)),
    naps: gone.naps + (await upsertNaps(ctx.db, naps)),
  };
}

function entryOf({
  teamId: _team,
  athleteId: _athlete,
  payloadId: _payload,
  recordedAt,
  ...values
}: PhysicalInfoRow) {
  return { ...values, recordedMs: recordedAt.getTime() } satisfies BodyEntry;
}

function infoRowOf(owner: Owner, entry: BodyEntry, payloadId: string | null): PhysicalInfoRow {
  const { recordedMs, ...values } = entry;
  return { ...owner, ...values, recordedAt: new Date(recordedMs), payloadId };
}

/** The entry nearest in time that is the same one. */
function sameAs(rows: readonly PhysicalInfoRow[], entry: BodyEntry): PhysicalInfoRow | undefined {
  const apart = (row: PhysicalInfoRow) => Math.abs(row.recordedAt.getTime() - entry.recordedMs);
  return rows.filter((row) => isSameEntry(entryOf(row), entry)).toSorted((a, b) => apart(a) - apart(b))[0];
}

/** Writes body data, an entry that comes by two channels once. @returns how many entries are new or changed */
async function writePhysicalInfos(
  ctx: Context,
  owner: Owner,
  found: readonly SourcedValue<"physical-info">[],
): Promise<number> {
  if (found.length === 0) return 0;
  const stored = await listPhysicalInfos(ctx.db, owner.athleteId);
  let rows = stored;
  for (const { value, payloadId } of found) {
    const { recordedAt, ...values } = value;
    const entry: BodyEntry = { ...values, recordedMs: Date.parse(recordedAt) };
    const before = sameAs(rows, entry);
    const after = before ? joinedEntry(entryOf(before), entry) : entry;
    if (before && isDeepStrictEqual(entryOf(before), after)) continue;
    rows = [...rows.filter((row) => row !== before), infoRowOf(owner, after, payloadId)];
  }
  const times = new Set(rows.map((row) => row.recordedAt.getTime()));
  const gone = stored.map((row) => row.recordedAt).filter((at) => !times.has(at.getTime()));
  await removePhysicalInfos(ctx.db, { athleteId: owner.athleteId, recordedAts: gone });
  return upsertPhysicalInfos(
    ctx.db,
    rows.filter((row) => !stored.includes(row)),
  );
}
