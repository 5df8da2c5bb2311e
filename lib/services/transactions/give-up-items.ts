import {
  findLedgerRow,
  type LedgerItem,
  type LedgerRow,
  listItems,
  settleItems,
  updateLedgerRow,
} from "@/db/queries/ledger";
import { markStreamsDue } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";
import { isUnsettled } from "./unsettled";

type Input = { transactionId: string };

async function requireRow(ctx: Context, { transactionId }: Input) {
  const { teamId } = requireCoach(ctx, "owner");
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
