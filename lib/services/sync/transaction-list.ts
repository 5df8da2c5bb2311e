import {
  addStored,
  insertItems,
  type LedgerItem,
  type LedgerRow,
  listItems,
  listOfferedBefore,
  settleItems,
  updateLedgerRow,
} from "@/db/queries/ledger";
import { listStoredKeys } from "@/db/queries/payloads";
import { addProgress } from "@/db/queries/stream-states";
import type { Ended, Transactions } from "@/lib/wearables/connector";
import type { Stream } from "@/lib/wearables/stream";
import type { SyncRun } from "./run";

export type Job = { stream: Stream; transactions: Transactions; row: LedgerRow };

/** What is known of addresses from earlier transactions of the stream, which offered the same items and lapsed. */
async function recognise(run: SyncRun, { transactions, row }: Job, uris: readonly string[]) {
  const { athleteId, provider, agreedAt } = run.subject;
  const { resource, keyOf, offeredMs } = transactions;
  // What an earlier agreement left alone may be covered by this one.
  const since = new Date(Math.max(run.ctx.now.getTime() - offeredMs, agreedAt.getTime()));
  const before = await listOfferedBefore(run.ctx.db, { row, since });
  const stored = await listStoredKeys(run.ctx.db, { athleteId, provider, resource, keys: uris.map(keyOf) });
  const offered = new Set(before.map((item) => keyOf(item.uri)));
  const declined = new Set(before.filter((item) => item.state === "declined").map((item) => keyOf(item.uri)));
  return {
    stored: uris.filter((uri) => stored.has(keyOf(uri))),
    declined: uris.filter((uri) => !stored.has(keyOf(uri)) && declined.has(keyOf(uri))),
    isNew: (uri: string) => !offered.has(keyOf(uri)),
  };
}

/**
 * Lists what the transaction offers and notes each address, once. An item whose payload is stored already, because an
 * earlier transaction lapsed before its commit, is settled at once and not fetched again.
 */
export async function offered(run: SyncRun, job: Job): Promise<LedgerItem[] | Ended | "empty"> {
  const { transactions, row } = job;
  const uris = await transactions.list(run.ask, row.resourceUri ?? "");
  if (typeof uris === "string") return uris;
  const known = new Set((await listItems(run.ctx.db, row.id)).map((item) => item.uri));
  if (uris.length === 0) return known.size > 0 ? "gone" : "empty";
  const fresh = [...new Set(uris)].filter((uri) => !known.has(uri));
  if (fresh.length > 0) await note(run, job, { uris: fresh, offered: known.size + fresh.length });
  return listItems(run.ctx.db, row.id);
}

async function note(run: SyncRun, job: Job, { uris, offered }: { uris: string[]; offered: number }) {
  const { teamId, athleteId, provider } = run.subject;
  const { id: transactionId } = job.row;
  const { stored, declined, isNew } = await recognise(run, job, uris);
  await run.write(async (tx) => {
    await insertItems(tx.db, { transactionId, teamId, athleteId, uris });
    await settleItems(tx.db, { transactionId, uris: stored, state: "stored" });
    await settleItems(tx.db, { transactionId, uris: declined, state: "declined" });
    await updateLedgerRow(tx.db, { id: transactionId, set: { offeredCount: offered } });
    await addStored(tx.db, { id: transactionId, stored: stored.length });
    const found = uris.filter(isNew).length;
    await addProgress(tx.db, { athleteId, provider, stream: job.stream.id, found, read: 0 });
  });
}

/** How the transaction ended; null when it is still there. */
export async function endOf(run: SyncRun, { transactions, row }: Job): Promise<Ended | null> {
  const uris = await transactions.list(run.ask, row.resourceUri ?? "");
  if (typeof uris === "string") return uris;
  return uris.length > 0 ? null : "gone";
}
