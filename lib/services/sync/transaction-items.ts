import { addStored, failItem, type LedgerItem, settleItems, updateLedgerRow } from "@/db/queries/ledger";
import { addLeft, addProgress, markStreamsDue } from "@/db/queries/stream-states";
import { AppError } from "@/lib/errors";
import { isWithdrawn } from "@/lib/providers/polar/outcome";
import { companionsOf, type Stream, type StreamId } from "@/lib/providers/polar/streams";
import { isShared } from "@/lib/services/consents/bounds";
import { type FetchedItem, storePayloads } from "@/lib/services/payloads/store";
import { type SyncRun, unexpected } from "./run";
import { dueFollowers } from "./schedule";
import { type Ended, endOf, idOf, type Job, offered, resourceOf } from "./transaction-list";

/** `brought`: items of this transaction that were read and settled just now. */
type ItemsOutcome =
  | { state: "stored"; offered: number; brought: number }
  /** Polar lists nothing in it. */
  | { state: "empty" }
  | { state: Ended; brought: number }
  | { state: "stuck"; waiting: number };

const AT_ONCE = 4;

const BATCH = 25;

/** So many failures and nothing else: Polar is at fault, not an item. */
const HOPELESS = 8;

type Loaded = { uri: string; item: Omit<FetchedItem, "fetchedAt">; json: unknown };

type Failed = { uri: string; error: AppError };

type Load = { loaded: Loaded } | { failed: Failed } | { gone: true };

/** Items with what came of each; undefined for those not asked for, because an answer before them ended the batch. */
type Batch = {
  items: readonly LedgerItem[];
  loads: readonly (Load | undefined)[];
  end: "gone" | "hopeless" | { error: unknown } | null;
};

function byId(a: LedgerItem, b: LedgerItem): number {
  return Number(idOf(a.uri)) - Number(idOf(b.uri)) || a.uri.localeCompare(b.uri);
}

function concernsItemOnly(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "polar-failed";
}

/** The key that each family documents beside the id; one of the two makes an object an item. */
const NAMED_BY: Partial<Record<StreamId, string>> = {
  exercises: "start-time",
  activities: "date",
  "physical-info": "created",
};

function isItem(json: unknown, stream: Stream): boolean {
  if (json === null || typeof json !== "object" || Array.isArray(json)) return false;
  return "id" in json || (NAMED_BY[stream.id] ?? "") in json;
}

async function load(run: SyncRun, { stream }: Job, { uri }: LedgerItem): Promise<Load> {
  try {
    const outcome = await run.ask("GET", uri);
    if (outcome.kind === "missing" || outcome.kind === "empty" || isWithdrawn(outcome)) return { gone: true };
    if (outcome.kind !== "content" || !isItem(outcome.json, stream))
      return { failed: { uri, error: unexpected(outcome, "an item") } };
    const item = { resource: resourceOf(stream), providerKey: idOf(uri), body: outcome.text };
    return { loaded: { uri, item, json: outcome.json } };
  } catch (error) {
    if (concernsItemOnly(error)) return { failed: { uri, error } };
    throw error;
  }
}

/**
 * Loads a few at once and answers in the order asked, so that a later summary of a day stays the later one. No further
 * item is asked for after one that is gone, which may mean that all are; after nothing but failures; or after a
 * refusal that concerns more than an item.
 */
async function loadBatch(run: SyncRun, job: Job, items: readonly LedgerItem[]): Promise<Batch> {
  const loads: (Load | undefined)[] = items.map(() => undefined);
  const batch: Batch = { items, loads, end: null };
  let failures = 0;
  const waiting = items.entries();
  const worker = async () => {
    for (;;) {
      if (batch.end !== null) return;
      const next = waiting.next();
      if (next.done) return;
      const [at, item] = next.value;
      try {
        const outcome = await load(run, job, item);
        loads[at] = outcome;
        if ("gone" in outcome) batch.end ??= "gone";
        if ("failed" in outcome) failures += 1;
        if (failures >= HOPELESS && failures === loads.filter(Boolean).length) batch.end ??= "hopeless";
      } catch (error) {
        batch.end = { error };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return batch;
}

/** Keeps a batch durably; days from before the athlete shares are read and left out. */
async function keep(run: SyncRun, { stream, row }: Job, loaded: readonly Loaded[]): Promise<void> {
  if (loaded.length === 0) return;
  const { teamId, athleteId, bounds } = run.subject;
  const shared = loaded.filter((one) => isShared(one.json, bounds[stream.id]));
  const declined = loaded.filter((one) => !shared.includes(one));
  const items = shared.map((one) => ({ ...one.item, fetchedAt: run.stamp() }));
  await run.write(async (tx) => {
    await storePayloads(tx, { teamId, athleteId, transactionId: row.id, stream: stream.id, items });
    const settled = { transactionId: row.id };
    await settleItems(tx.db, { ...settled, uris: shared.map((one) => one.uri), state: "stored" });
    await settleItems(tx.db, { ...settled, uris: declined.map((one) => one.uri), state: "declined" });
    await addStored(tx.db, { id: row.id, stored: shared.length });
    const progress = { found: -declined.length, read: shared.length };
    await addProgress(tx.db, { athleteId, stream: stream.id, ...progress });
    await addLeft(tx.db, { athleteId, stream: stream.id, left: declined.length });
    if (shared.length > 0) await dueFollowers(tx, stream, { athleteId, dueAt: run.stamp() });
  });
}

async function noteFailures(run: SyncRun, { row }: Job, failed: readonly Failed[]): Promise<void> {
  for (const { uri, error } of failed)
    await failItem(run.ctx.db, { transactionId: row.id, uri, error: error.message });
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

type Settled = { brought: number; waiting: number; ended: Ended | null };

/** Keeps what a batch brought and notes what it did not. */
async function settleBatch(run: SyncRun, job: Job, batch: Batch): Promise<Settled> {
  const { items, loads, end } = batch;
  const loaded = loads.flatMap((one) => (one && "loaded" in one ? [one.loaded] : []));
  const failed = loads.flatMap((one) => (one && "failed" in one ? [one.failed] : []));
  const gone = items.filter((_, at) => "gone" in (loads[at] ?? {}));
  await keep(run, job, loaded);
  await noteFailures(run, job, failed);
  if (end !== null && typeof end === "object") throw end.error;
  const brought = loaded.length;
  const ended = gone.length > 0 ? await endOf(run, job) : null;
  if (ended) return { brought, waiting: 0, ended };
  const error = new AppError("polar-failed", "Polar lists the item, but does not have it.");
  await noteFailures(
    run,
    job,
    gone.map(({ uri }) => ({ uri, error })),
  );
  if (failed[0] && loaded.length + gone.length === 0 && items.length > 1) throw failed[0].error;
  return { brought, waiting: failed.length + gone.length, ended };
}

/** What is still to be asked for after a batch. */
function restOf(queue: readonly LedgerItem[], batch: Batch): LedgerItem[] {
  const unasked = batch.items.filter((_, at) => batch.loads[at] === undefined);
  return [...unasked, ...queue.slice(batch.items.length)];
}

/** Reads what waits; one batch is written while the next is being read, but after one that is gone nothing is asked for until it is clear what is. */
async function readWaiting(run: SyncRun, job: Job, waiting: readonly LedgerItem[]): Promise<Settled> {
  const sum: Settled = { brought: 0, waiting: 0, ended: null };
  let queue = waiting;
  let settling: Promise<Settled> | null = null;
  const settle = async () => {
    const settled = await settling;
    settling = null;
    sum.brought += settled?.brought ?? 0;
    sum.waiting += settled?.waiting ?? 0;
    sum.ended ??= settled?.ended ?? null;
  };
  while (queue.length > 0 && sum.ended === null) {
    const batch = await loadBatch(run, job, queue.slice(0, BATCH));
    await settle();
    settling = settleBatch(run, job, batch);
    settling.catch(() => {});
    queue = restOf(queue, batch);
    if (batch.end !== null) await settle();
  }
  await settle();
  return sum;
}

/**
 * Reads and stores every item of an open transaction. An item that does not load is noted and the others go on; when a
 * whole batch fails, Polar is at fault and the rest is left for later.
 */
export async function readItems(run: SyncRun, job: Job): Promise<ItemsOutcome> {
  const items = await offered(run, job);
  if (items === "empty") return { state: items };
  if (typeof items === "string") return { state: items, brought: 0 };
  const waiting = items.filter((item) => item.state === "offered").sort(byId);
  const { brought, waiting: stuck, ended } = await readWaiting(run, job, waiting);
  if (ended) return { state: ended, brought };
  if (stuck > 0) return { state: "stuck", waiting: stuck };
  await settleStored(run, job);
  return { state: "stored", offered: items.length, brought };
}
