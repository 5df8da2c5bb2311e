import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { memberships } from "../../schema/team";

/** A user by e-mail (lower case), and whether anybody's team counts them in. */
export async function findUserByEmail(db: Db, email: string) {
  const [row] = await db
    .select({ userId: users.id, name: users.name, locale: users.locale, teamId: memberships.teamId })
    .from(users)
    .leftJoin(memberships, eq(memberships.userId, users.id))
    .where(eq(users.email, email))
    .limit(1);
  return row;
}
