import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { athletes } from "../../schema/squad";

/** Sets since when an athlete keeps new data back; null when they arrive again. */
export async function markPaused(
  db: Db,
  input: { teamId: string; athleteId: string; pausedAt: Date | null },
): Promise<void> {
  await db
    .update(athletes)
    .set({ pausedAt: input.pausedAt })
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
}

/** Sets when an athlete stopped sharing and when the data go; nulls when the athlete shares again. Either ends a pause. */
export async function markStopped(
  db: Db,
  input: { teamId: string; athleteId: string; stoppedAt: Date | null; deleteAfter: Date | null },
): Promise<void> {
  const { stoppedAt, deleteAfter } = input;
  await db
    .update(athletes)
    .set({ stoppedAt, deleteAfter, pausedAt: null })
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
}
