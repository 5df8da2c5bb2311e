import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { memberships } from "../../schema/team";

/** The owners of a team, locked until the transaction ends, so that two cannot step down at once. */
export async function lockOwners(db: Db, input: { teamId: string }): Promise<string[]> {
  const rows = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.teamId, input.teamId), eq(memberships.role, "owner")))
    .for("update");
  return rows.map((row) => row.userId);
}
