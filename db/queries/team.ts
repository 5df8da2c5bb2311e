import { and, asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { users } from "@/db/schema/auth";
import { memberships, teams } from "@/db/schema/team";
import type { Role } from "@/lib/context";

/** One team by id. */
export async function findTeam(db: Db, teamId: string) {
  const [row] = await db.select().from(teams).where(eq(teams.id, teamId));
  return row;
}

/** The oldest team of the installation. */
export async function findFirstTeam(db: Db) {
  const [row] = await db.select().from(teams).orderBy(asc(teams.createdAt), asc(teams.id)).limit(1);
  return row;
}

/** A new team; its id. */
export async function insertTeam(db: Db, input: { name: string }): Promise<string> {
  const [row] = await db.insert(teams).values(input).returning({ id: teams.id });
  return row!.id;
}

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

/** Everybody on a team, oldest first. */
export async function listMembers(db: Db, input: { teamId: string }) {
  return db
    .select({ userId: users.id, name: users.name, email: users.email, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.teamId, input.teamId))
    .orderBy(asc(memberships.createdAt), asc(users.email));
}

/** Whether anybody owns this installation yet. */
export async function hasOwner(db: Db): Promise<boolean> {
  const rows = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.role, "owner"))
    .limit(1);
  return rows.length > 0;
}

/** The owners of a team, locked until the transaction ends, so that two cannot step down at once. */
export async function lockOwners(db: Db, input: { teamId: string }): Promise<string[]> {
  const rows = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.teamId, input.teamId), eq(memberships.role, "owner")))
    .for("update");
  return rows.map((row) => row.userId);
}

/** Puts a user on a team; somebody already there keeps the role. */
export async function upsertMembership(
  db: Db,
  input: { teamId: string; userId: string; role: Role },
): Promise<void> {
  await db.insert(memberships).values(input).onConflictDoNothing();
}

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
