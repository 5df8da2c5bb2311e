import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";

/** Keeps the language of a coach's pages and mails. */
export async function saveCoachLanguage(db: Db, input: { userId: string; locale: string }): Promise<void> {
  await db.update(users).set({ locale: input.locale }).where(eq(users.id, input.userId));
}
