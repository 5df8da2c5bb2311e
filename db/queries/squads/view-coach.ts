import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { memberships } from "../../schema/team";

/** A member of a team by user id. */
export async function findCoach(db: Db, input: { teamId: string; userId: string }) {
  const [row] = await db
    .select({ name: users.name, email: users.email, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.teamId, input.teamId), eq(memberships.userId, input.userId)));
  return row;
}
