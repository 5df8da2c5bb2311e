import { listLedger } from "@/db/queries/ledger";
import type { Context } from "@/lib/context";
import type { Delivery, TransactionState } from "@/lib/wearables/connection";
import { requireCoach } from "../access/require-coach";
import { isUnsettled } from "./unsettled";

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
  const { teamId } = requireCoach(ctx, "owner");
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
