import { markStreamsDue } from "@/db/queries/sync/stream-states";
import { findLedgerRow, listItems, settleItems } from "@/db/queries/transactions/ledger";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

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
  input: { transactionId: string };
}): Promise<{ givenUp: number }> {
  const { teamId } = requireCoach(ctx, "owner");
  const { transactionId } = input;
  const row = await findLedgerRow(ctx.db, { teamId, id: transactionId });
  if (!row) throw new AppError("not-found", "There is no such transaction.");
  const stuck = (await listItems(ctx.db, transactionId)).filter(
    (item) => item.state === "offered" && item.attempts > 0,
  );
  if (row.state !== "open" || stuck.length === 0)
    throw new AppError("conflict", "No item of this transaction is stuck.");
  const { athleteId, stream } = row;
  await inTransaction(ctx, async (tx) => {
    const uris = stuck.map((item) => item.uri);
    await settleItems(tx.db, { transactionId, uris, state: "given-up" });
    await recordAudit(tx, {
      teamId,
      action: "transaction/items-given-up",
      subjectId: transactionId,
      detail: { stream, items: uris.map((uri) => uri.split("/").at(-1) ?? uri).join(",") },
    });
    await markStreamsDue(tx.db, { athleteId, streams: [stream], dueAt: ctx.now });
    await recordEvents(tx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }]);
  });
  return { givenUp: stuck.length };
}
