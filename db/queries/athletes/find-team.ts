import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { athletes } from "../../schema/squad";

/** The team an athlete belongs to; undefined once the athlete is gone. */
export async function findTeamOfAthlete(db: Db, athleteId: string): Promise<string | undefined> {
  const [row] = await db.select({ teamId: athletes.teamId }).from(athletes).where(eq(athletes.id, athleteId));
  return row?.teamId;
}

/** The team of an athlete, and since when sessions of the own page count. */
export async function findOwnSessions(db: Db, athleteId: string) {
  const [row] = await db
    .select({ teamId: athletes.teamId, sessionsFrom: athletes.sessionsFrom })
    .from(athletes)
    .where(eq(athletes.id, athleteId));
  return row;
}
