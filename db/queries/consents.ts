import { and, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { consents } from "@/db/schema/squad";

type AthleteKey = { teamId: string; athleteId: string };

const standing = (input: AthleteKey) =>
  and(
    eq(consents.athleteId, input.athleteId),
    eq(consents.teamId, input.teamId),
    isNull(consents.withdrawnAt),
  );

/** Records a consent, word for word; its id. */
export async function insertConsent(db: Db, input: typeof consents.$inferInsert): Promise<string> {
  const [row] = await db.insert(consents).values(input).returning({ id: consents.id });
  return row!.id;
}

/** Ends the consents that stand. */
export async function withdrawConsents(db: Db, input: AthleteKey & { now: Date }): Promise<void> {
  await db.update(consents).set({ withdrawnAt: input.now }).where(standing(input));
}

/** Notes on a consent which streams were refused beside it. */
export async function refuseStreams(
  db: Db,
  input: { teamId: string; consentId: string; streams: string[] },
): Promise<void> {
  await db
    .update(consents)
    .set({ refusedStreams: input.streams })
    .where(and(eq(consents.id, input.consentId), eq(consents.teamId, input.teamId)));
}

/** The consent that stands, the latest if there are several. */
export async function findStandingConsent(db: Db, input: AthleteKey) {
  const [row] = await db
    .select()
    .from(consents)
    .where(standing(input))
    .orderBy(desc(consents.acceptedAt))
    .limit(1);
  return row;
}
