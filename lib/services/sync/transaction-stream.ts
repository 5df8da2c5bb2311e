import { markStreamsDue } from "@/db/queries/sync/stream-states";
import {
  countAttempt,
  findUnfinished,
  insertLedgerRow,
  type LedgerRow,
  updateLedgerRow,
} from "@/db/queries/transactions/ledger";
import { AppError } from "@/lib/errors";
import { companionsOf, type Stream, type TransactionFamily } from "@/lib/polar/streams";
import { type SyncRun, unexpected } from "./run";
import { type ItemsOutcome, isWithdrawn, readItems } from "./transaction-items";

const MAX_ROUNDS = 30;
/** Polar puts at most so many items into one transaction. */
const FULL = 50;

/** The plain collection, which holds the same things outside of transactions, is read next. */
async function dueCollection(run: SyncRun, stream: Stream): Promise<void> {
  await markStreamsDue(run.ctx.db, {
    athleteId: run.subject.athleteId,
    streams: companionsOf(stream),
    dueAt: run.stamp(),
  });
}

function addressOf(json: unknown, fallback: string): { id: number | null; uri: string } {
  const { "transaction-id": id, "resource-uri": uri } = json as Record<string, unknown>;
  const number = typeof id === "number" ? id : null;
  return { id: number, uri: typeof uri === "string" ? uri : `${fallback}/${number}` };
}

/** `POST …-transactions`: the address is kept before anything is read. */
async function openTransaction(
  run: SyncRun,
  stream: Stream,
  family: TransactionFamily,
): Promise<LedgerRow | "nothing" | "retired"> {
  const { subject } = run;
  const target = `/v3/users/${subject.polarUserId}/${family.path}`;
  const outcome = await run.ask("POST", target);
  if (outcome.kind === "empty") return "nothing";
  if (isWithdrawn(outcome)) return "retired";
  if (outcome.kind !== "content") throw unexpected(outcome, "opening a transaction");
  const { id, uri } = addressOf(outcome.json, target);
  return run.write((tx) =>
    insertLedgerRow(tx.db, {
      teamId: subject.teamId,
      athleteId: subject.athleteId,
      connectionId: subject.connectionId,
      stream: stream.id,
      delivery: "transaction",
      providerTransactionId: id,
      resourceUri: uri,
      state: "open",
      openedAt: run.stamp(),
    }),
  );
}

async function settle(run: SyncRun, row: LedgerRow, set: Partial<LedgerRow>): Promise<void> {
  await run.write((tx) => updateLedgerRow(tx.db, { id: row.id, set }));
}

/**
 * `PUT` on the resource URI, only ever for what is stored. A 404 means that the transaction is gone: committed, if an
 * earlier answer was lost, or lapsed, and then the next transaction offers the items again.
 */
async function commit(run: SyncRun, row: LedgerRow): Promise<void> {
  const outcome = await run.ask("PUT", row.resourceUri ?? "");
  const committedAt = run.stamp();
  if (outcome.kind === "content" || outcome.kind === "empty" || outcome.kind === "malformed")
    return settle(run, row, { state: "committed", committedAt, error: null });
  if (outcome.kind === "missing")
    return settle(run, row, { state: "committed", committedAt, error: "Polar did not know it any more" });
  if (isWithdrawn(outcome))
    return settle(run, row, {
      state: "abandoned",
      abandonedAt: committedAt,
      error: "the family was withdrawn",
    });
  throw unexpected(outcome, "committing a transaction");
}

const ENDED: Partial<Record<ItemsOutcome["state"], string>> = {
  gone: "Polar did not know it any more",
  withdrawn: "the family was withdrawn",
};

async function advance(
  run: SyncRun,
  stream: Stream,
  family: TransactionFamily,
  row: LedgerRow,
): Promise<ItemsOutcome> {
  if (row.state === "stored") {
    await commit(run, row);
    return { state: "stored", offered: row.offeredCount };
  }
  const items = await readItems(run, { stream, family, row });
  const ended = ENDED[items.state];
  if (ended) await settle(run, row, { state: "abandoned", abandonedAt: run.stamp(), error: ended });
  if (items.state === "stored") await commit(run, row);
  return items;
}

/**
 * Empties one transaction family: resumes what is unfinished, else open, list, fetch, store, commit, until Polar has
 * nothing more. There is no rollback call: not committing is the rollback. A new transaction that was not full took
 * all there was; after a resumed one the next request tells what was held back meanwhile.
 * @throws AppError of the client; `polar-failed` when an item does not load (the transaction stays open)
 */
export async function syncTransactionStream(run: SyncRun, stream: Stream): Promise<{ retired: boolean }> {
  const family = stream.family as TransactionFamily;
  const { athleteId } = run.subject;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const unfinished = await findUnfinished(run.ctx.db, { athleteId, stream: stream.id });
    const row = unfinished ?? (await openTransaction(run, stream, family));
    if (row === "nothing") break;
    if (row === "retired") {
      await dueCollection(run, stream);
      return { retired: true };
    }
    if (unfinished) await countAttempt(run.ctx.db, { id: row.id, error: unfinished.error });
    const items = await advance(run, stream, family, row);
    if (items.state === "stuck") {
      await dueCollection(run, stream);
      throw new AppError("polar-failed", `${items.waiting} of a transaction's items did not load.`);
    }
    if (items.state === "stored" && !unfinished && items.offered < FULL) break;
  }
  return { retired: false };
}
