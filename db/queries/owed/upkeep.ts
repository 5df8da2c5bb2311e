import { eq, gt, lt, or } from "drizzle-orm";
import type { Db } from "../../client";
import { upkeep } from "../../schema/operation";

/** When a recurring task last began and last ended; undefined when it never began. */
export async function findUpkeep(db: Db, input: { task: string }) {
  const [row] = await db
    .select({ begunAt: upkeep.begunAt, endedAt: upkeep.endedAt })
    .from(upkeep)
    .where(eq(upkeep.task, input.task));
  return row;
}

/**
 * Begins a recurring task, unless it began since the moment given. A beginning that is still to come was noted before
 * the clock was set back, and counts for nothing. @returns whether it begins now
 */
export async function beginUpkeep(
  db: Db,
  input: { task: string; begunAt: Date; unlessSince: Date },
): Promise<boolean> {
  const { task, begunAt, unlessSince } = input;
  const rows = await db
    .insert(upkeep)
    .values({ task, begunAt })
    .onConflictDoUpdate({
      target: upkeep.task,
      set: { begunAt },
      setWhere: or(lt(upkeep.begunAt, unlessSince), gt(upkeep.begunAt, new Date(begunAt.getTime() + 60_000))),
    })
    .returning({ task: upkeep.task });
  return rows.length > 0;
}

/** Notes that a recurring task ended; one that was never noted as begun began then. */
export async function noteUpkeepEnded(db: Db, input: { task: string; endedAt: Date }): Promise<void> {
  const { task, endedAt } = input;
  await db
    .insert(upkeep)
    .values({ task, begunAt: endedAt, endedAt })
    .onConflictDoUpdate({ target: upkeep.task, set: { endedAt } });
}
