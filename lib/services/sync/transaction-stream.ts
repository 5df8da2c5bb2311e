import {
  countAttempt,
  findUnfinished,
  insertLedgerRow,
  type LedgerRow,
  listLatest,
  updateLedgerRow,
} from "@/db/queries/ledger";
import { countWithheldNews, markStreamsDue, type StreamStateRow } from "@/db/queries/stream-states";
import { AppError } from "@/lib/errors";
import { isWithdrawn } from "@/lib/providers/polar/outcome";
import { companionsOf, type Stream, type TransactionFamily } from "@/lib/providers/polar/streams";
import { RunPaused, type SyncRun, unexpected } from "./run";
import { nextTry } from "./schedule";
import { readItems } from "./transaction-items";
import { hasNews } from "./window-requests";

/** `again`: when the stream is to be asked again though nothing failed; `settled`: whether it counts as read. */
type TransactionsRead = { retired: boolean; settled: boolean; again: Date | null };

const MAX_ROUNDS = 30;

/** Polar puts at most so many items into one transaction. */
const FULL = 50;

/** So many of a kind in a row are a trouble: empty transactions, transactions that end unread, news that is not handed out. */
const TROUBLE = 3;

/** Longer than Polar is thought to hold items for a transaction that nobody commits. */
const HELD_MS = 3_600_000;

const SOON_MS = 15 * 60_000;

const EMPTY = "Polar listed nothing in it";

const GONE = "Polar did not know it any more";

const WITHDRAWN = "the family was withdrawn";

/** The plain collection, which holds the same things outside of transactions, is read next. */
async function dueCollection(run: SyncRun, stream: Stream): Promise<void> {
  await markStreamsDue(run.ctx.db, {
    athleteId: run.subject.athleteId,
    streams: companionsOf(stream),
    dueAt: run.stamp(),
  });
}

/** @throws AppError `polar-failed` when the answer names no transaction */
function addressOf(json: unknown, target: string): { id: number | null; uri: string } {
  const { "transaction-id": id, "resource-uri": uri } = (json ?? {}) as Record<string, unknown>;
  const number = typeof id === "number" && Number.isSafeInteger(id) ? id : null;
  if (typeof uri === "string" && uri.trim() !== "") return { id: number, uri };
  if (number === null) throw new AppError("polar-failed", "Polar opened a transaction without naming it.");
  return { id: number, uri: `${target}/${number}` };
}

type Reading = { stream: Stream; family: TransactionFamily; state: StreamStateRow };

/** `POST …-transactions`: the address is kept before anything is read. */
async function openTransaction(
  run: SyncRun,
  { stream, family, state }: Reading,
): Promise<LedgerRow | "nothing" | "retired"> {
  const { teamId, athleteId, connectionId, polarUserId } = run.subject;
  const target = `/v3/users/${polarUserId}/${family.path}`;
  const outcome = await run.ask("POST", target);
  if (outcome.kind === "empty") return "nothing";
  if (isWithdrawn(outcome)) return "retired";
  if (outcome.kind !== "content") throw unexpected(outcome, "opening a transaction");
  const { id, uri } = addressOf(outcome.json, target);
  return run.write(async (tx) => {
    if (state.newsWithheld > 0) await countWithheldNews(tx.db, { athleteId, stream: stream.id, times: 0 });
    return insertLedgerRow(tx.db, {
      teamId,
      athleteId,
      connectionId,
      stream: stream.id,
      delivery: "transaction",
      providerTransactionId: id,
      resourceUri: uri,
      state: "open",
      openedAt: run.stamp(),
    });
  });
}

async function settle(run: SyncRun, row: LedgerRow, set: Partial<LedgerRow>): Promise<void> {
  await run.write((tx) => updateLedgerRow(tx.db, { id: row.id, set }));
}

async function abandon(run: SyncRun, row: LedgerRow, error: string): Promise<void> {
  await settle(run, row, { state: "abandoned", abandonedAt: run.stamp(), error });
}

type Commit = "committed" | "gone" | "withdrawn";

/**
 * `PUT` on the resource URI, only ever for what is stored. Committed is what Polar answers as documented, with 200 and
 * no body or with 204. A 404 means that the transaction is gone: committed, if an earlier answer was lost, or lapsed,
 * and then the next transaction offers the items again. After any other answer the commit is sent again.
 */
async function commit(run: SyncRun, row: LedgerRow): Promise<Commit> {
  const outcome = await run.ask("PUT", row.resourceUri ?? "");
  const committed = { state: "committed" as const, committedAt: run.stamp() };
  if (outcome.kind === "empty" || outcome.kind === "bodiless") {
    await settle(run, row, { ...committed, error: null });
    return "committed";
  }
  if (outcome.kind === "missing") {
    await settle(run, row, { ...committed, error: GONE });
    return "gone";
  }
  if (!isWithdrawn(outcome)) throw unexpected(outcome, "committing a transaction");
  await abandon(run, row, WITHDRAWN);
  return "withdrawn";
}

/** How a transaction went: `done` when it was committed and took all there was. `read`: items that were new to us. */
type Advance = { end: "done" | "committed" | "ended" | "empty"; read: number };

async function advance(run: SyncRun, input: Reading & { row: LedgerRow; isNew: boolean }): Promise<Advance> {
  const { row, isNew } = input;
  if (row.state === "stored" && row.offeredCount > 0) {
    const end = await commit(run, row);
    return { end: end === "committed" ? end : "ended", read: 0 };
  }
  const items = row.state === "stored" ? ({ state: "empty" } as const) : await readItems(run, input);
  if (items.state === "empty") {
    await abandon(run, row, EMPTY);
    return { end: "empty", read: 0 };
  }
  if (items.state === "stuck")
    throw new AppError("polar-failed", `${items.waiting} of a transaction's items did not load.`);
  const read = items.brought;
  if (items.state !== "stored") {
    await abandon(run, row, items.state === "gone" ? GONE : WITHDRAWN);
    return { end: "ended", read };
  }
  if ((await commit(run, row)) !== "committed") return { end: "ended", read };
  return { end: isNew && items.offered < FULL ? "done" : "committed", read };
}

const DONE: TransactionsRead = { retired: false, settled: true, again: null };

/** Polar listed nothing in a transaction of its own: it is asked again soon, and after three the operator is told. */
async function settleEmpty(run: SyncRun, { stream }: Reading): Promise<TransactionsRead> {
  const { athleteId } = run.subject;
  const latest = await listLatest(run.ctx.db, { athleteId, stream: stream.id, limit: TROUBLE });
  const empty = latest.findIndex((row) => row.error !== EMPTY);
  const times = empty < 0 ? latest.length : empty;
  await dueCollection(run, stream);
  if (times >= TROUBLE)
    throw new AppError("polar-empty", "Polar opens transactions and lists nothing in them.");
  return { retired: false, settled: false, again: nextTry({ at: run.stamp(), failures: times }) };
}

/**
 * 204 on POST: nothing new, or held back for a transaction whose answer was lost or listed nothing. Where Polar itself
 * told of news, or the plain collection shows some, it is asked again soon, and after three times the operator is told.
 */
async function settleNothing(run: SyncRun, { stream, state }: Reading): Promise<TransactionsRead> {
  const { athleteId } = run.subject;
  const at = run.stamp();
  const soon = new Date(at.getTime() + SOON_MS);
  const [last] = await listLatest(run.ctx.db, { athleteId, stream: stream.id, limit: 1 });
  const isHeld = last?.error === EMPTY && at.getTime() - last.openedAt.getTime() < HELD_MS;
  const news = await hasNews(run.ctx, { athleteId, stream, state, last });
  const times = news ? state.newsWithheld + 1 : 0;
  if (times !== state.newsWithheld)
    await run.write((tx) => countWithheldNews(tx.db, { athleteId, stream: stream.id, times }));
  if (news) await dueCollection(run, stream);
  if (times >= TROUBLE)
    throw new AppError("polar-withholds", "Polar has news of this stream and opens no transaction for it.");
  const isOwed = isHeld || news || state.failures > 0;
  return { retired: false, settled: !isHeld, again: isOwed ? soon : null };
}

/** Stuck or unclear: meanwhile what is new comes from the plain collection. */
async function turnToCollection(run: SyncRun, stream: Stream, error: unknown): Promise<never> {
  if (error instanceof AppError && error.code === "polar-failed") await dueCollection(run, stream);
  throw error;
}

/**
 * Empties one transaction family: resumes what is unfinished, else open, list, fetch, store, commit, until Polar has
 * nothing more. There is no rollback call: not committing is the rollback. A new transaction that was not full took
 * all there was; after a resumed one, or one that lapsed, the next request tells what was held back meanwhile. What a
 * lapsed one brought is not read again, so that transactions which lapse in seconds come to their end too.
 * @throws AppError of the client; `polar-failed` when an item does not load or an answer is unclear (the transaction
 * stays open); `polar-empty`, `polar-withholds`, `polar-lapses` for what only the operator can see to
 */
export async function syncTransactionStream(
  run: SyncRun,
  stream: Stream,
  state: StreamStateRow,
): Promise<TransactionsRead> {
  const reading = { stream, family: stream.family as TransactionFamily, state };
  const { athleteId } = run.subject;
  let [idle, readInAll] = [0, 0];
  for (let round = 0; round < MAX_ROUNDS && idle < TROUBLE; round += 1) {
    const unfinished = await findUnfinished(run.ctx.db, { athleteId, stream: stream.id });
    const row = unfinished ?? (await openTransaction(run, reading));
    if (row === "nothing") return settleNothing(run, reading);
    if (row === "retired") {
      await dueCollection(run, stream);
      return { ...DONE, retired: true };
    }
    if (unfinished) await countAttempt(run.ctx.db, { id: row.id, error: unfinished.error });
    const { end, read } = await advance(run, { ...reading, row, isNew: !unfinished }).catch((error) =>
      turnToCollection(run, stream, error),
    );
    if (end === "empty") return settleEmpty(run, reading);
    if (end === "done") return DONE;
    idle = end === "ended" && read === 0 ? idle + 1 : 0;
    readInAll += read;
  }
  // Only what was read is progress: transactions that come to nothing again and again would go on for ever.
  if (idle < TROUBLE && readInAll > 0) throw new RunPaused("Enough transactions for one run");
  await dueCollection(run, stream);
  throw new AppError("polar-lapses", "Polar's transactions end before they can be read.");
}
