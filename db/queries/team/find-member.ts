import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { memberships } from "../../schema/team";

/** One member of a team. */
export async function findMember(db: Db, input: { teamId: string; userId: string }) {
  const [row] = await db
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      locale: users.locale,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.teamId, input.teamId), eq(memberships.userId, input.userId)));
  return row;
}
