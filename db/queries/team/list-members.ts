import { asc, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { memberships } from "../../schema/team";

/** Everybody on a team, oldest first. */
export async function listMembers(db: Db, input: { teamId: string }) {
  return db
    .select({ userId: users.id, name: users.name, email: users.email, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.teamId, input.teamId))
    .orderBy(asc(memberships.createdAt), asc(users.email));
}
