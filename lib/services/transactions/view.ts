import { listStreamEntries, type StreamEntry } from "@/db/queries/athlete-card";
import { findAthleteForConnection } from "@/db/queries/connections";
import { type LedgerItem, listStuckItems } from "@/db/queries/ledger";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { civilDateIn } from "@/lib/time/zone";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { type LedgerEntry, listTransactions } from "./list";

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
  const { teamId } = requireCoach(ctx, "owner");
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
