import { findConnection } from "@/db/queries/connections";
import {
  countAttempt,
  findUnfinished,
  insertLedgerRow,
  type LedgerRow,
  listLatest,
  updateLedgerRow,
} from "@/db/queries/ledger";
import {
  countWithheldNews,
  hasNewsBeyond,
  markStreamsDue,
  type StreamStateRow,
} from "@/db/queries/stream-states";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Transactions } from "@/lib/wearables/connector";
import type { ProviderId } from "@/lib/wearables/provider";
import { companionsOf, type Stream } from "@/lib/wearables/stream";
import { RunPaused, type SyncRun } from "./run";
import { nextTry } from "./schedule";
import { readItems } from "./transaction-items";

/** `again`: when the stream is to be asked again though nothing failed; `settled`: whether it counts as read. */
type TransactionsRead = { retired: boolean; settled: boolean; again: Date | null };

const MAX_ROUNDS = 30;

/** So many of a kind in a row are a trouble: empty transactions, transactions that end unread, news that is not handed out. */
const TROUBLE = 3;

const SOON_MS = 15 * 60_000;

/** Why a row of the ledger ended; what is stored is compared with it. */
const emptyAt = (run: SyncRun) => `${run.connector.name} listed nothing in it`;

const goneAt = (run: SyncRun) => `${run.connector.name} did not know it any more`;

const WITHDRAWN = "the family was withdrawn";

/** The plain collection, which holds the same things outside of transactions, is read next. */
async function dueCollection(run: SyncRun, stream: Stream): Promise<void> {
  await markStreamsDue(run.ctx.db, {
    athleteId: run.subject.athleteId,
    provider: run.subject.provider,
    streams: companionsOf(run.connector.streams, stream),
    dueAt: run.stamp(),
  });
}

type Reading = { stream: Stream; transactions: Transactions; state: StreamStateRow };

/** The address is kept before anything is read. */
async function openTransaction(
  run: SyncRun,
  { stream, transactions, state }: Reading,
): Promise<LedgerRow | "nothing" | "withdrawn"> {
  const { teamId, athleteId, connectionId, provider, accountId } = run.subject;
  const opened = await transactions.open(run.ask, accountId);
  if (typeof opened === "string") return opened;
  const { id, uri } = opened;
  return run.write(async (tx) => {
    const key = { athleteId, provider, stream: stream.id };
    if (state.newsWithheld > 0) await countWithheldNews(tx.db, { ...key, times: 0 });
    return insertLedgerRow(tx.db, {
      ...key,
      teamId,
      connectionId,
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

/**
 * Only ever for what is stored. Gone is committed too, if an earlier answer was lost, or lapsed, and then the next
 * transaction offers the items again. After an answer that was not understood the commit is sent again.
 */
async function commit(
  run: SyncRun,
  { transactions, row }: { transactions: Transactions; row: LedgerRow },
): ReturnType<Transactions["commit"]> {
  const end = await transactions.commit(run.ask, row.resourceUri ?? "");
  if (end === "withdrawn") await abandon(run, row, WITHDRAWN);
  else
    await settle(run, row, {
      state: "committed",
      committedAt: run.stamp(),
      error: end === "gone" ? goneAt(run) : null,
    });
  return end;
}

/** How a transaction went: `done` when it was committed and took all there was. `read`: items that were new to us. */
type Advance = { end: "done" | "committed" | "ended" | "empty"; read: number };

async function advance(run: SyncRun, input: Reading & { row: LedgerRow; isNew: boolean }): Promise<Advance> {
  const { row, isNew } = input;
  if (row.state === "stored" && row.offeredCount > 0) {
    const end = await commit(run, input);
    return { end: end === "committed" ? end : "ended", read: 0 };
  }
  const items = row.state === "stored" ? ({ state: "empty" } as const) : await readItems(run, input);
  if (items.state === "empty") {
    await abandon(run, row, emptyAt(run));
    return { end: "empty", read: 0 };
  }
  if (items.state === "stuck")
    throw new AppError("provider-failed", `${items.waiting} of a transaction's items did not load.`);
  const read = items.brought;
  if (items.state !== "stored") {
    await abandon(run, row, items.state === "gone" ? goneAt(run) : WITHDRAWN);
    return { end: "ended", read };
  }
  if ((await commit(run, input)) !== "committed") return { end: "ended", read };
  return { end: isNew && items.offered < input.transactions.capacity ? "done" : "committed", read };
}

const DONE: TransactionsRead = { retired: false, settled: true, again: null };

/** The provider listed nothing in a transaction of its own: it is asked again soon, and after three the operator is told. */
async function settleEmpty(run: SyncRun, { stream }: Reading): Promise<TransactionsRead> {
  const { athleteId, provider } = run.subject;
  const latest = await listLatest(run.ctx.db, { athleteId, provider, stream: stream.id, limit: TROUBLE });
  const empty = latest.findIndex((row) => row.error !== emptyAt(run));
  const times = empty < 0 ? latest.length : empty;
  await dueCollection(run, stream);
  if (times >= TROUBLE)
    throw new AppError(
      "provider-empty",
      `${run.connector.name} opens transactions and lists nothing in them.`,
    );
  return { retired: false, settled: false, again: nextTry({ at: run.stamp(), failures: times }) };
}

/**
 * No transaction: nothing new, or held back for one whose answer was lost or listed nothing. Where the provider itself
 * told of news, or the plain collection shows some, it is asked again soon, and after three times the operator is told.
 */
async function settleNothing(
  run: SyncRun,
  { stream, transactions, state }: Reading,
): Promise<TransactionsRead> {
  const { athleteId, provider } = run.subject;
  const key = { athleteId, provider, stream: stream.id };
  const at = run.stamp();
  const soon = new Date(at.getTime() + SOON_MS);
  const [last] = await listLatest(run.ctx.db, { ...key, limit: 1 });
  const isHeld = last?.error === emptyAt(run) && at.getTime() - last.openedAt.getTime() < transactions.heldMs;
  const news = await hasNews(run.ctx, { athleteId, provider, stream, state, last });
  const times = news ? state.newsWithheld + 1 : 0;
  if (times !== state.newsWithheld) await run.write((tx) => countWithheldNews(tx.db, { ...key, times }));
  if (news) await dueCollection(run, stream);
  if (times >= TROUBLE)
    throw new AppError(
      "provider-withholds",
      `${run.connector.name} has news of this stream and opens no transaction for it.`,
    );
  const isOwed = isHeld || news || state.failures > 0;
  return { retired: false, settled: !isHeld, again: isOwed ? soon : null };
}

/**
 * Whether a stream has news that no transaction brought: the provider told of it after the last transaction was opened,
 * or the plain collection has shown it since the last one ended.
 * @param input.last the stream's latest transaction
 */
async function hasNews(
  ctx: Context,
  input: {
    athleteId: string;
    provider: ProviderId;
    stream: Stream;
    state: StreamStateRow;
    last: LedgerRow | undefined;
  },
): Promise<boolean> {
  const { athleteId, provider, stream, state, last } = input;
  const since = last?.openedAt ?? (await findConnection(ctx.db, athleteId))?.connectedAt;
  if (!since) return false;
  if (state.newsAt && state.newsAt > since) return true;
  return hasNewsBeyond(ctx.db, { athleteId, provider, stream: stream.id, since: last?.committedAt ?? since });
}

/** Stuck or unclear: meanwhile what is new comes from the plain collection. */
async function turnToCollection(run: SyncRun, stream: Stream, error: unknown): Promise<never> {
  if (error instanceof AppError && error.code === "provider-failed") await dueCollection(run, stream);
  throw error;
}

/**
 * Empties the transactions of one stream: resumes what is unfinished, else open, list, fetch, store, commit, until there is
 * nothing more. There is no rollback call: not committing is the rollback. A new transaction that was not full took
 * all there was; after a resumed one, or one that lapsed, the next request tells what was held back meanwhile. What a
 * lapsed one brought is not read again, so that transactions which lapse in seconds come to their end too.
 * @throws AppError of the client; `provider-failed` when an item does not load or an answer is unclear (the transaction
 * stays open); `provider-empty`, `provider-withholds`, `provider-lapses` for what only the operator can see to
 */
export async function syncTransactionStream(
  run: SyncRun,
  stream: Stream,
  state: StreamStateRow,
): Promise<TransactionsRead> {
  const transactions = run.connector.transactions?.[stream.id];
  if (!transactions) throw new Error(`${run.connector.name} has no transactions of ${stream.id}`);
  const reading = { stream, transactions, state };
  const { athleteId, provider } = run.subject;
  let [idle, readInAll] = [0, 0];
  for (let round = 0; round < MAX_ROUNDS && idle < TROUBLE; round += 1) {
    const unfinished = await findUnfinished(run.ctx.db, { athleteId, provider, stream: stream.id });
    const row = unfinished ?? (await openTransaction(run, reading));
    if (row === "nothing") return settleNothing(run, reading);
    if (row === "withdrawn") {
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
  throw new AppError("provider-lapses", `Transactions of ${run.connector.name} end before they can be read.`);
}
