import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { upkeep } from "../../schema/operation";

/** When a recurring task last ended; undefined when it never did. */
export async function findUpkeep(db: Db, input: { task: string }) {
  const [row] = await db.select({ endedAt: upkeep.endedAt }).from(upkeep).where(eq(upkeep.task, input.task));
  return row;
}

/** Notes that a recurring task ended. */
export async function noteUpkeepEnded(db: Db, input: { task: string; endedAt: Date }): Promise<void> {
  const { task, endedAt } = input;
  await db
    .insert(upkeep)
    .values({ task, endedAt })
    .onConflictDoUpdate({ target: upkeep.task, set: { endedAt } });
}
