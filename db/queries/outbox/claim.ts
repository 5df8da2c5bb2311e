import { asc, inArray, isNull } from "drizzle-orm";
import type { Db } from "../../client";
import { outbox } from "../../schema/operation";

/** Takes waiting events in the order in which they were recorded; others pass over them until the transaction ends. */
export async function claimOutbox(db: Db, input: { limit: number }) {
  return db
    .select({ id: outbox.id, name: outbox.name, data: outbox.data, recordedAt: outbox.recordedAt })
    .from(outbox)
    .where(isNull(outbox.relayedAt))
    .orderBy(asc(outbox.id))
    .limit(input.limit)
    .for("update", { skipLocked: true });
}

/** Marks events as handed over. */
export async function markRelayed(db: Db, input: { ids: number[]; relayedAt: Date }): Promise<void> {
  await db.update(outbox).set({ relayedAt: input.relayedAt }).where(inArray(outbox.id, input.ids));
}
