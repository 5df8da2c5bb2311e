import type { Db } from "../../client";
import { memberships } from "../../schema/team";

/** Puts a user on a team; somebody already there keeps the role. */
export async function upsertMembership(
  db: Db,
  input: { teamId: string; userId: string; role: "owner" | "coach" | "viewer" },
): Promise<void> {
  await db.insert(memberships).values(input).onConflictDoNothing();
}
