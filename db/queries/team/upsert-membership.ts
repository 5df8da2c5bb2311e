import type { Role } from "@/lib/context";
import type { Db } from "../../client";
import { memberships } from "../../schema/team";

/** Puts a user on a team; somebody already there keeps the role. */
export async function upsertMembership(
  db: Db,
  input: { teamId: string; userId: string; role: Role },
): Promise<void> {
  await db.insert(memberships).values(input).onConflictDoNothing();
}
