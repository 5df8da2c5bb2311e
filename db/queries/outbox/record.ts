import type { Db } from "../../client";
import { outbox } from "../../schema/operation";

/** Writes events into the outbox; inside a transaction they become visible with the facts they tell of. */
export async function recordOutbox(
  db: Db,
  events: { name: string; data: Record<string, string> }[],
): Promise<void> {
  if (events.length > 0) await db.insert(outbox).values(events);
}
