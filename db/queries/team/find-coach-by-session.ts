import { and, asc, eq, gt } from "drizzle-orm";
import type { Db } from "../../client";
import { sessions, users } from "../../schema/auth";
import { memberships } from "../../schema/team";

/** The signed-in coach behind a session token, with the role in the oldest team and the language; undefined when it ended. */
export async function findCoachBySession(db: Db, input: { sessionToken: string; now: Date }) {
  const [row] = await db
    .select({ userId: users.id, teamId: memberships.teamId, role: memberships.role, locale: users.locale })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .where(and(eq(sessions.sessionToken, input.sessionToken), gt(sessions.expires, input.now)))
    .orderBy(asc(memberships.createdAt))
    .limit(1);
  return row;
}
