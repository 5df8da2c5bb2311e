import { addProgress, markStreamsDue } from "@/db/queries/sync/stream-states";
import {
  addStored,
  failItem,
  insertItems,
  type LedgerItem,
  type LedgerRow,
  listItems,
  settleItems,
  updateLedgerRow,
} from "@/db/queries/transactions/ledger";
import { AppError } from "@/lib/errors";
import type { Resource } from "@/lib/polar/normalise/payload";
import type { PolarOutcome } from "@/lib/polar/outcome";
import { companionsOf, type Stream, type StreamId, type TransactionFamily } from "@/lib/polar/streams";
import { type FetchedItem, storePayloads } from "../payloads/store";
import { type SyncRun, unexpected } from "./run";
import { isShared } from "./shared-from";

export type ItemsOutcome =
  | { state: "stored"; offered: number }
  | { state: "gone" }
  | { state: "withdrawn" }
  | { state: "stuck"; waiting: number };

const AT_ONCE = 4;
const BATCH = 25;
/** So many failures and nothing else: Polar is at fault, not an item. */
const HOPELESS = 8;
/** After so many tries a body that is no JSON is kept as it is: it will not get better. */
const TRIES = 3;

const RESOURCES: Partial<Record<StreamId, Resource>> = {
  exercises: "transaction-exercise",
  activities: "transaction-activity",
  "physical-info": "physical-info",
};

type Job = { stream: Stream; family: TransactionFamily; row: LedgerRow };
type Loaded = { uri: string; item: Omit<FetchedItem, "fetchedAt">; json: unknown };
type Failed = { uri: string; error: AppError };
type Load = { loaded: Loaded } | { failed: Failed } | { gone: true };
/** The whole transaction ended: Polar does not know it any more, or withdrew the family. */
type Ended = "gone" | "withdrawn";
/** Items with what came of each; undefined for those not asked for any more. */
type Batch = {
  items: readonly LedgerItem[];
  loads: readonly (Load | undefined)[];
  refusal: { error: unknown } | null;
};

/** 405 and 410 are what Polar answers for a transaction family that it has withdrawn. */
export function isWithdrawn(outcome: PolarOutcome): boolean {
  return outcome.kind === "refused" && (outcome.status === 405 || outcome.status === 410);
}

function urisOf(outcome: PolarOutcome, family: TransactionFamily): string[] | Ended {
  if (outcome.kind === "missing") return "gone";
  if (isWithdrawn(outcome)) return "withdrawn";
  if (outcome.kind === "empty") return [];
  if (outcome.kind !== "content") throw unexpected(outcome, "listing a transaction");
  const list = (outcome.json as Record<string, unknown>)[family.listKey];
  if (!Array.isArray(list)) throw new AppError("polar-failed", "Polar's list of a transaction had no items.");
  return list.filter((uri) => typeof uri === "string");
}

/** Lists what the transaction offers and notes each address, once. */
async function offered(run: SyncRun, { stream, family, row }: Job): Promise<LedgerItem[] | Ended> {
  const known = await listItems(run.ctx.db, row.id);
  if (known.length > 0) return known;
  const uris = urisOf(await run.ask("GET", row.resourceUri ?? ""), family);
  if (typeof uris === "string") return uris;
  const { teamId, athleteId } = run.subject;
  await run.write(async (tx) => {
    const found = await insertItems(tx.db, { transactionId: row.id, teamId, athleteId, uris });
    await updateLedgerRow(tx.db, { id: row.id, set: { offeredCount: uris.length } });
    await addProgress(tx.db, { athleteId, stream: stream.id, found, read: 0 });
  });
  return listItems(run.ctx.db, row.id);
}

/** The last part of the address is Polar's id of the item. */
function idOf(uri: string): string {
  return uri.split("?")[0]?.split("/").filter(Boolean).at(-1) ?? uri;
}

function byId(a: LedgerItem, b: LedgerItem): number {
  return Number(idOf(a.uri)) - Number(idOf(b.uri)) || a.uri.localeCompare(b.uri);
}

function concernsItemOnly(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "polar-failed";
}

async function load(run: SyncRun, { stream }: Job, item: LedgerItem): Promise<Load> {
  try {
    const outcome = await run.ask("GET", item.uri);
    if (outcome.kind === "missing" || outcome.kind === "empty" || isWithdrawn(outcome)) return { gone: true };
    const keptAsIs = outcome.kind === "malformed" && item.attempts + 1 >= TRIES;
    if (outcome.kind !== "content" && !keptAsIs)
      return { failed: { uri: item.uri, error: unexpected(outcome, "an item") } };
    const json = outcome.kind === "content" ? outcome.json : null;
    const resource = RESOURCES[stream.id] as Resource;
    return {
      loaded: { uri: item.uri, item: { resource, providerKey: idOf(item.uri), body: outcome.text }, json },
    };
  } catch (error) {
    if (concernsItemOnly(error)) return { failed: { uri: item.uri, error } };
    throw error;
  }
}

/**
 * Loads a few at once and answers in the order asked, so that a later summary of a day stays the later one. Stops
 * early when nothing but failures comes, or at a refusal that concerns more than an item (`refusal`).
 */
async function loadBatch(run: SyncRun, job: Job, items: readonly LedgerItem[]): Promise<Batch> {
  const loads: (Load | undefined)[] = items.map(() => undefined);
  const batch: Batch = { items, loads, refusal: null };
  let failures = 0;
  const waiting = items.entries();
  const isHopeless = () => failures >= HOPELESS && failures === loads.filter(Boolean).length;
  const worker = async () => {
    for (const [at, item] of waiting) {
      if (batch.refusal !== null || isHopeless()) return;
      const outcome = await load(run, job, item).catch((refusal: unknown) => {
        batch.refusal ??= { error: refusal };
        return undefined;
      });
      loads[at] = outcome;
      if (outcome && "failed" in outcome) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return batch;
}

/** Keeps a batch durably; days from before the athlete shares are read and left out. */
async function keep(run: SyncRun, { stream, row }: Job, loaded: readonly Loaded[]): Promise<void> {
  if (loaded.length === 0) return;
  const { teamId, athleteId, sharesFrom } = run.subject;
  const shared = loaded.filter((one) => isShared(one.json, sharesFrom));
  const declined = loaded.filter((one) => !shared.includes(one));
  const items = shared.map((one) => ({ ...one.item, fetchedAt: run.stamp() }));
  await run.write(async (tx) => {
    await storePayloads(tx, { teamId, athleteId, transactionId: row.id, stream: stream.id, items });
    const settled = { transactionId: row.id };
    await settleItems(tx.db, { ...settled, uris: shared.map((one) => one.uri), state: "stored" });
    await settleItems(tx.db, { ...settled, uris: declined.map((one) => one.uri), state: "declined" });
    await addStored(tx.db, { id: row.id, stored: shared.length });
    await addProgress(tx.db, { athleteId, stream: stream.id, found: 0, read: loaded.length });
  });
}

async function noteFailures(run: SyncRun, { row }: Job, failed: readonly Failed[]): Promise<void> {
  for (const { uri, error } of failed)
    await failItem(run.ctx.db, { transactionId: row.id, uri, error: error.message });
}

/** How the transaction ended; null when it is still there. */
async function endOf(run: SyncRun, { family, row }: Job): Promise<Ended | null> {
  const uris = urisOf(await run.ask("GET", row.resourceUri ?? ""), family);
  if (typeof uris === "string") return uris;
  return uris.length > 0 ? null : "gone";
}

/** With the transaction stored, its details are due in the plain collection: one fact, whatever happens next. */
async function settleStored(run: SyncRun, { stream, row }: Job): Promise<void> {
  const { athleteId } = run.subject;
  const set = { state: "stored" as const, storedAt: run.stamp(), error: null };
  await run.write(async (tx) => {
    await updateLedgerRow(tx.db, { id: row.id, set });
    await markStreamsDue(tx.db, { athleteId, streams: companionsOf(stream), dueAt: run.stamp() });
  });
}

/** Keeps what a batch brought and notes what it did not. @returns how many items wait, or how all ended */
async function settleBatch(run: SyncRun, job: Job, batch: Batch): Promise<number | Ended> {
  const { items, loads } = batch;
  const loaded = loads.flatMap((one) => (one && "loaded" in one ? [one.loaded] : []));
  const failed = loads.flatMap((one) => (one && "failed" in one ? [one.failed] : []));
  const gone = items.filter((_, at) => "gone" in (loads[at] ?? {}));
  await keep(run, job, loaded);
  await noteFailures(run, job, failed);
  if (batch.refusal) throw batch.refusal.error;
  const ended = gone.length > 0 ? await endOf(run, job) : null;
  if (ended) return ended;
  const absent = new AppError("polar-failed", "Polar lists the item, but does not have it.");
  await noteFailures(
    run,
    job,
    gone.map((item) => ({ uri: item.uri, error: absent })),
  );
  if (failed[0] && loaded.length + gone.length === 0 && items.length > 1) throw failed[0].error;
  return items.length - loaded.length;
}

/**
 * Reads and stores every item of an open transaction; one batch is written while the next is being read. An item that
 * does not load is noted and the others go on; when a whole batch fails, Polar is at fault and the rest is left for
 * later.
 */
export async function readItems(run: SyncRun, job: Job): Promise<ItemsOutcome> {
  const items = await offered(run, job);
  if (typeof items === "string") return { state: items };
  const waiting = items.filter((item) => item.state === "offered").sort(byId);
  let stuck = 0;
  let settling: Promise<number | Ended> = Promise.resolve(0);
  for (let at = 0; at < waiting.length; at += BATCH) {
    const batch = await loadBatch(run, job, waiting.slice(at, at + BATCH));
    const before = await settling;
    if (typeof before === "string") return { state: before };
    stuck += before;
    settling = settleBatch(run, job, batch);
    settling.catch(() => {});
    if (batch.refusal) break;
  }
  const last = await settling;
  if (typeof last === "string") return { state: last };
  stuck += last;
  if (stuck > 0) return { state: "stuck", waiting: stuck };
  await settleStored(run, job);
  return { state: "stored", offered: items.length };
}
