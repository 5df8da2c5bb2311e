import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { mailStops } from "../../schema/mail";

/** Notes that a coach wants no readiness mails of a squad. */
export async function insertMailStop(
  db: Db,
  input: { userId: string; squadId: string; stoppedAt: Date },
): Promise<void> {
  await db.insert(mailStops).values(input).onConflictDoNothing();
}

/** Forgets it. */
export async function deleteMailStop(db: Db, input: { userId: string; squadId: string }): Promise<void> {
  await db
    .delete(mailStops)
    .where(and(eq(mailStops.userId, input.userId), eq(mailStops.squadId, input.squadId)));
}
