import { and, desc, eq, exists, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connection";
import { athletes, consents } from "@/db/schema/squad";
import { isLive } from "./connections";

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

/** Who of a squad shares anything, by name, with the streams of the latest consent. */
export async function listStandingConsents(db: Db, input: { teamId: string; squadId: string }) {
  const rows = await db
    .selectDistinctOn([athletes.id], { id: athletes.id, name: athletes.name, streams: consents.streams })
    .from(consents)
    .innerJoin(athletes, eq(athletes.id, consents.athleteId))
    .where(
      and(
        eq(consents.teamId, input.teamId),
        eq(athletes.teamId, input.teamId),
        eq(athletes.squadId, input.squadId),
        isNull(athletes.stoppedAt),
        isNull(consents.withdrawnAt),
        exists(
          db
            .select({ id: connections.id })
            .from(connections)
            .where(and(eq(connections.athleteId, athletes.id), isLive())),
        ),
      ),
    )
    .orderBy(athletes.id, desc(consents.acceptedAt));
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}
