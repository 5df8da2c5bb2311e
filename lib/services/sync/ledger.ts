import { listStreamEntries, type StreamEntry } from "@/db/queries/athlete-card";
import { findAthleteForConnection } from "@/db/queries/connections";
import {
  findLedgerRow,
  type LedgerItem,
  type LedgerRow,
  listItems,
  listLedger,
  listStuckItems,
  settleItems,
  updateLedgerRow,
} from "@/db/queries/ledger";
import { markStreamsDue } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { requireCan, requireId } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { civilDateIn } from "@/lib/time/zone";
import type { Delivery, TransactionState } from "@/lib/wearables/connection";

export type LedgerView = {
  athlete: { id: string; name: string; squadId: string };
  timeZone: string;
  today: string;
  streams: StreamEntry[];
  entries: LedgerEntry[];
  /** Items of open transactions that did not load, by transaction. */
  stuck: Record<string, LedgerItem[]>;
};

/**
 * An athlete's streams and ledger: every transaction and sync window with its address, counts, times and errors. No
 * health values. Owners of the installation. @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function viewLedger({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string; stream?: string | undefined };
}): Promise<LedgerView> {
  const { teamId } = requireCan(ctx, "operation.view");
  const athleteId = requireId(input.athleteId);
  const athlete = await findAthleteForConnection(ctx.db, athleteId);
  if (athlete?.teamId !== teamId) throw new AppError("not-found", "There is no such athlete.");
  const stuck: LedgerView["stuck"] = {};
  for (const item of await listStuckItems(ctx.db, { teamId, athleteId }))
    stuck[item.transactionId] = [...(stuck[item.transactionId] ?? []), item];
  return {
    athlete: { id: athleteId, name: athlete.name, squadId: athlete.squadId },
    timeZone: athlete.timeZone,
    today: civilDateIn(ctx.now, athlete.timeZone),
    streams: await listStreamEntries(ctx.db, { teamId, athleteId }),
    entries: await listTransactions({ ctx, input }),
    stuck,
  };
}

/** One transaction or sync window as the operator sees it. */
export type LedgerEntry = {
  id: string;
  stream: string;
  delivery: Delivery;
  state: TransactionState;
  resourceUri: string | null;
  /** The civil dates that a window asked for. */
  windowFrom: string | null;
  windowTo: string | null;
  offeredCount: number;
  /** Payloads that something could be read of. */
  storedCount: number;
  /** Payloads that are kept and of which nothing could be read. */
  quarantinedCount: number;
  attempts: number;
  error: string | null;
  openedAt: Date;
  storedAt: Date | null;
  committedAt: Date | null;
  abandonedAt: Date | null;
  /** Items that Polar lists and that have not loaded. */
  stuckItems: number;
  /** Only giving up on it helps. */
  unsettled: boolean;
};

const LIMIT = 100;

/** The latest transactions and windows of one athlete, or of one stream, newest first. Owners of the installation. @throws AppError `forbidden`, `not-signed-in` */
export async function listTransactions({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string; stream?: string | undefined };
}): Promise<LedgerEntry[]> {
  const { teamId } = requireCan(ctx, "operation.view");
  const rows = await listLedger(ctx.db, { ...input, teamId, limit: LIMIT });
  return rows.map(({ transaction, stuckItems, aside }) => {
    const [openedAtMs, storedAtMs] = [
      transaction.openedAt.getTime(),
      transaction.storedAt?.getTime() ?? null,
    ];
    const unsettled = isUnsettled({ ...transaction, openedAtMs, storedAtMs, stuckItems }, ctx.now);
    const storedCount = Math.max(0, transaction.storedCount - aside);
    return { ...transaction, storedCount, quarantinedCount: aside, stuckItems, unsettled };
  });
}

/** What a transaction has come to, whatever asked for it. */
type Life = {
  delivery: Delivery | null;
  state: TransactionState | null;
  attempts: number | null;
  openedAtMs: number | null;
  storedAtMs: number | null;
  stuckItems: number;
};

const CYCLES = 3;

const DAY_MS = 86_400_000;

/**
 * Whether Polar has left a transaction unsettled for so long that only the operator can end it: three cycles and a day
 * without an understood list, or without an understood answer to its commit. One whose items do not load has its own remedy.
 */
export function isUnsettled(life: Life, now: Date): boolean {
  if (life.delivery !== "transaction" || (life.attempts ?? 0) < CYCLES) return false;
  const sinceMs = life.state === "stored" ? life.storedAtMs : life.state === "open" ? life.openedAtMs : null;
  if (sinceMs === null || life.stuckItems > 0) return false;
  return now.getTime() - sinceMs > DAY_MS;
}

type Input = { transactionId: string };

async function requireRow(ctx: Context, { transactionId }: Input) {
  const { teamId } = requireCan(ctx, "operation.repair");
  const row = await findLedgerRow(ctx.db, { teamId, id: requireId(transactionId) });
  if (!row) throw new AppError("not-found", "There is no such transaction.");
  const items = await listItems(ctx.db, transactionId);
  const stuck = items.filter((item) => item.state === "offered" && item.attempts > 0);
  return { row, stuck };
}

/** With what was given up, the stream goes on at once. */
async function goOn(tx: Context, { athleteId, stream }: LedgerRow): Promise<void> {
  await markStreamsDue(tx.db, { athleteId, streams: [stream], dueAt: tx.now });
  await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }]);
}

async function settleGivenUp(ctx: Context, row: LedgerRow, stuck: readonly LedgerItem[]): Promise<void> {
  const uris = stuck.map((item) => item.uri);
  await inTransaction(ctx, async (tx) => {
    await settleItems(tx.db, { transactionId: row.id, uris, state: "given-up" });
    await recordAudit(tx, {
      teamId: row.teamId,
      action: "transaction/items-given-up",
      subjectId: row.id,
      detail: { stream: row.stream, items: uris.map((uri) => uri.split("/").at(-1) ?? uri).join(",") },
    });
    await goOn(tx, row);
  });
}

/**
 * Gives up on the items of an open transaction that never loaded, so that the rest can be committed; Polar then
 * deletes them from this channel. Written to the audit log. Owners of the installation.
 * @throws AppError `not-found` (none of the team), `conflict` (nothing is stuck), `forbidden`, `not-signed-in`
 */
export async function giveUpItems({
  ctx,
  input,
}: {
  ctx: Context;
  input: Input;
}): Promise<{ givenUp: number }> {
  const { row, stuck } = await requireRow(ctx, input);
  if (row.state !== "open" || stuck.length === 0)
    throw new AppError("conflict", "No item of this transaction is stuck.");
  await settleGivenUp(ctx, row, stuck);
  return { givenUp: stuck.length };
}

/**
 * Gives up on a transaction that Polar has left unsettled: it is abandoned, never committed, so that Polar offers
 * again what it still holds; what is stored stays stored. Written to the audit log. Owners of the installation.
 * @throws AppError `not-found` (none of the team), `conflict` (it may still settle), `forbidden`, `not-signed-in`
 */
export async function giveUpTransaction({ ctx, input }: { ctx: Context; input: Input }): Promise<void> {
  const { row, stuck } = await requireRow(ctx, input);
  const [openedAtMs, storedAtMs] = [row.openedAt.getTime(), row.storedAt?.getTime() ?? null];
  if (!isUnsettled({ ...row, openedAtMs, storedAtMs, stuckItems: stuck.length }, ctx.now))
    throw new AppError("conflict", "This transaction may still settle by itself.");
  const set = { state: "abandoned" as const, abandonedAt: ctx.now, error: "given up by an owner" };
  await inTransaction(ctx, async (tx) => {
    await updateLedgerRow(tx.db, { id: row.id, set });
    await recordAudit(tx, {
      teamId: row.teamId,
      action: "transaction/given-up",
      subjectId: row.id,
      detail: { stream: row.stream, state: row.state },
    });
    await goOn(tx, row);
  });
}
