import { listSleepPayloads, type PayloadRow } from "@/db/queries/payloads";
import { removeSleeps, upsertNaps, upsertSleeps } from "@/db/queries/wearables";
import type { Context } from "@/lib/context";
import { type FetchedSleep, sleepsOfDate } from "@/lib/wearables/sleeps-of-date";
import { type Owner, type Sourced, type SourcedValue, valuesOf } from "./sourced-values";

/** Reads payloads that are stored already with the parser at hand. */
export type ReadAgain = (payloads: readonly PayloadRow[]) => Promise<Sourced[]>;

type Candidate = FetchedSleep & { payloadId: string };

const candidateOf = ({ value, payloadId, fetchedAt }: SourcedValue<"sleep">): Candidate => ({
  sleep: value,
  payloadId,
  fetchedMs: fetchedAt.getTime(),
});

const rowOf = (owner: Owner, { sleep, payloadId }: Candidate) => ({
  ...owner,
  ...sleep,
  startAt: new Date(sleep.startAt),
  endAt: new Date(sleep.endAt),
  payloadId,
});

/**
 * Writes the nights and naps of the dates that new sleeps belong to. Each date is decided anew from every payload that
 * is stored of it, so that neither the order of arrival nor a correction makes a difference.
 * @returns how many nights, and how many naps, are new, changed or gone
 */
export async function writeSleeps(
  ctx: Context,
  owner: Owner,
  input: { found: readonly SourcedValue<"sleep">[]; readAgain: ReadAgain },
): Promise<{ nights: number; naps: number }> {
  const { found, readAgain } = input;
  const dates = [...new Set(found.map(({ value }) => value.date))];
  if (dates.length === 0) return { nights: 0, naps: 0 };
  const { athleteId } = owner;
  const exceptIds = found.map((one) => one.payloadId);
  const stored = await listSleepPayloads(ctx.db, { athleteId, dates, exceptIds });
  const earlier = valuesOf(await readAgain(stored), "sleep");
  const all = [...earlier, ...found].map(candidateOf);
  const decided = dates.map((date) => sleepsOfDate(all.filter(({ sleep }) => sleep.date === date)));
  const nights = decided.flatMap(({ night }) => (night ? [rowOf(owner, night)] : []));
  const naps = decided.flatMap((date) => date.naps).map((nap) => rowOf(owner, nap));
  const gone = await removeSleeps(ctx.db, {
    athleteId,
    dates,
    nights: nights.map((night) => night.date),
    naps: naps.map((nap) => nap.startAt),
  });
  return {
    nights: gone.nights + (await upsertSleeps(ctx.db, nights)),
    naps: gone.naps + (await upsertNaps(ctx.db, naps)),
  };
}
