import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { athletes } from "../../schema/squad";

type Whose = { teamId: string; athleteId: string };

/** The language an athlete reads. */
export async function findAthleteLanguage(db: Db, input: Whose): Promise<string | null> {
  const [row] = await db
    .select({ locale: athletes.locale })
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row?.locale ?? null;
}

/** Keeps the language of an athlete's mails. */
export async function saveAthleteLanguage(db: Db, input: Whose & { locale: string }): Promise<void> {
  await db
    .update(athletes)
    .set({ locale: input.locale })
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
}
