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
import { AppError } from "@/lib/errors";
import type { Resource } from "@/lib/providers/polar/normalise/payload";
import { isWithdrawn, type PolarOutcome } from "@/lib/providers/polar/outcome";
import type { Stream, StreamId, TransactionFamily } from "@/lib/providers/polar/streams";
import { type SyncRun, unexpected } from "./run";

export type Job = { stream: Stream; family: TransactionFamily; row: LedgerRow };

/** The whole transaction ended: Polar does not know it any more, or withdrew the family. */
export type Ended = "gone" | "withdrawn";

/** Polar offers what was uploaded in the last 30 days; what came before in a lapsed transaction is recognised so long. */
const REMEMBERED_MS = 40 * 86_400_000;

const RESOURCES: Partial<Record<StreamId, Resource>> = {
  exercises: "transaction-exercise",
  activities: "transaction-activity",
  "physical-info": "physical-info",
};

/** What the items of a stream's transactions are. */
export const resourceOf = (stream: Stream) => RESOURCES[stream.id] as Resource;

/** The last part of the address is Polar's id of the item. */
export function idOf(uri: string): string {
  return uri.split("?")[0]?.split("/").filter(Boolean).at(-1) ?? uri;
}

function isAddress(uri: unknown): uri is string {
  return typeof uri === "string" && uri.trim() !== "";
}

/** What a transaction lists: nothing only when Polar says so as documented, with 204 or an empty list. */
function urisOf(outcome: PolarOutcome, family: TransactionFamily): string[] | Ended {
  if (outcome.kind === "missing") return "gone";
  if (isWithdrawn(outcome)) return "withdrawn";
  if (outcome.kind === "empty") return [];
  if (outcome.kind !== "content") throw unexpected(outcome, "listing a transaction");
  const list = (outcome.json as Record<string, unknown> | null)?.[family.listKey];
  if (!Array.isArray(list) || !list.every(isAddress))
    throw new AppError("polar-failed", "Polar's list of a transaction was not a list of addresses.");
  return list;
}

/** What is known of addresses from earlier transactions of the stream, which offered the same items and lapsed. */
async function recognise(run: SyncRun, { stream, row }: Job, uris: readonly string[]) {
  const { athleteId, agreedAt } = run.subject;
  // What an earlier agreement left alone may be covered by this one.
  const since = new Date(Math.max(run.ctx.now.getTime() - REMEMBERED_MS, agreedAt.getTime()));
  const before = await listOfferedBefore(run.ctx.db, { row, since });
  const stored = await listStoredKeys(run.ctx.db, {
    athleteId,
    resource: resourceOf(stream),
    keys: uris.map(idOf),
  });
  const offered = new Set(before.map((item) => idOf(item.uri)));
  const declined = new Set(before.filter((item) => item.state === "declined").map((item) => idOf(item.uri)));
  return {
    stored: uris.filter((uri) => stored.has(idOf(uri))),
    declined: uris.filter((uri) => !stored.has(idOf(uri)) && declined.has(idOf(uri))),
    isNew: (uri: string) => !offered.has(idOf(uri)),
  };
}

/**
 * Lists what the transaction offers and notes each address, once. An item whose payload is stored already, because an
 * earlier transaction lapsed before its commit, is settled at once and not fetched again.
 */
export async function offered(run: SyncRun, job: Job): Promise<LedgerItem[] | Ended | "empty"> {
  const { family, row } = job;
  const uris = urisOf(await run.ask("GET", row.resourceUri ?? ""), family);
  if (typeof uris === "string") return uris;
  const known = new Set((await listItems(run.ctx.db, row.id)).map((item) => item.uri));
  if (uris.length === 0) return known.size > 0 ? "gone" : "empty";
  const fresh = [...new Set(uris)].filter((uri) => !known.has(uri));
  if (fresh.length > 0) await note(run, job, { uris: fresh, offered: known.size + fresh.length });
  return listItems(run.ctx.db, row.id);
}

async function note(run: SyncRun, job: Job, { uris, offered }: { uris: string[]; offered: number }) {
  const { teamId, athleteId } = run.subject;
  const { id: transactionId } = job.row;
  const { stored, declined, isNew } = await recognise(run, job, uris);
  await run.write(async (tx) => {
    await insertItems(tx.db, { transactionId, teamId, athleteId, uris });
    await settleItems(tx.db, { transactionId, uris: stored, state: "stored" });
    await settleItems(tx.db, { transactionId, uris: declined, state: "declined" });
    await updateLedgerRow(tx.db, { id: transactionId, set: { offeredCount: offered } });
    await addStored(tx.db, { id: transactionId, stored: stored.length });
    const found = uris.filter(isNew).length;
    await addProgress(tx.db, { athleteId, stream: job.stream.id, found, read: 0 });
  });
}

/** How the transaction ended; null when it is still there. */
export async function endOf(run: SyncRun, { family, row }: Job): Promise<Ended | null> {
  const uris = urisOf(await run.ask("GET", row.resourceUri ?? ""), family);
  if (typeof uris === "string") return uris;
  return uris.length > 0 ? null : "gone";
}
