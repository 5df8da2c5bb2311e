import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { sessions } from "../../schema/auth";

/** A coach's session opened outside next-auth. */
export async function insertSession(
  db: Db,
  input: { sessionToken: string; userId: string; expires: Date },
): Promise<void> {
  await db.insert(sessions).values(input);
}

/** Ends one session. */
export async function deleteSession(db: Db, input: { sessionToken: string }): Promise<void> {
  await db.delete(sessions).where(eq(sessions.sessionToken, input.sessionToken));
}

/** Ends every session of a user. */
export async function deleteSessionsOf(db: Db, input: { userId: string }): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, input.userId));
}
