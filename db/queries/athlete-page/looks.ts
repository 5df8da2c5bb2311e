import { and, count, desc, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { accessLog } from "../../schema/operation";

type AthleteKey = { teamId: string; athleteId: string };

const ofAthlete = (input: AthleteKey) =>
  and(eq(accessLog.athleteId, input.athleteId), eq(accessLog.teamId, input.teamId));

/** Who looked at an athlete's data, the latest first. */
export async function listLooks(db: Db, input: AthleteKey & { limit: number; offset: number }) {
  return db
    .select({
      id: accessLog.id,
      actorKind: accessLog.actorKind,
      name: users.name,
      email: users.email,
      what: accessLog.what,
      lookedAt: accessLog.lookedAt,
    })
    .from(accessLog)
    .leftJoin(users, eq(users.id, accessLog.actorUserId))
    .where(ofAthlete(input))
    .orderBy(desc(accessLog.lookedAt), desc(accessLog.id))
    .limit(input.limit)
    .offset(input.offset);
}

/** How many looks are on record. */
export async function countLooks(db: Db, input: AthleteKey): Promise<number> {
  const [row] = await db.select({ looks: count() }).from(accessLog).where(ofAthlete(input));
  return row?.looks ?? 0;
}

/** Records that the athlete took a copy of everything. */
export async function insertOwnExport(db: Db, input: AthleteKey & { now: Date }): Promise<void> {
  const { teamId, athleteId, now } = input;
  await db
    .insert(accessLog)
    .values({ teamId, athleteId, actorKind: "athlete", what: "export", lookedAt: now });
}
