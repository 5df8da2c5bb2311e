import { and, eq } from "drizzle-orm";
import type { Role } from "@/lib/context";
import type { Db } from "../../client";
import { memberships } from "../../schema/team";

type Member = { teamId: string; userId: string };

const ofMember = (input: Member) =>
  and(eq(memberships.teamId, input.teamId), eq(memberships.userId, input.userId));

/** Gives a member another role; the number of rows that changed. */
export async function updateRole(db: Db, input: Member & { role: Role }): Promise<number> {
  const rows = await db
    .update(memberships)
    .set({ role: input.role })
    .where(ofMember(input))
    .returning({ userId: memberships.userId });
  return rows.length;
}

/** Takes a member off the team; the number of rows that went. */
export async function deleteMembership(db: Db, input: Member): Promise<number> {
  const rows = await db.delete(memberships).where(ofMember(input)).returning({ userId: memberships.userId });
  return rows.length;
}
