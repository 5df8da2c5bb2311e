import type { Db } from "@/db/client";
import { claimOutbox, markRelayed } from "@/db/queries/log";
import { currentTime } from "@/lib/clock";

export type RelayedEvent = { id: string; name: string; data: Record<string, string> };

/**
 * Hands waiting events to the job engine, oldest first, and returns how many. Each carries an id of its own that stays
 * the same when it is handed over twice (a crash between handing over and marking), so that an engine starts its work once.
 */
export async function relayOutbox({
  db,
  send,
  limit = 200,
}: {
  db: Db;
  send: (events: RelayedEvent[]) => Promise<unknown>;
  limit?: number;
}): Promise<number> {
  return db.transaction(async (tx) => {
    const waiting = await claimOutbox(tx, { limit });
    if (waiting.length === 0) return 0;
    await send(
      waiting.map(({ id, name, data, recordedAt }) => ({
        // The moment is part of it: a database made anew counts from 1 again.
        id: `outbox-${recordedAt.getTime()}-${id}`,
        name,
        data,
      })),
    );
    await markRelayed(tx, { ids: waiting.map(({ id }) => id), relayedAt: currentTime() });
    return waiting.length;
  });
}
