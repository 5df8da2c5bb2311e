import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { sessions, users, verificationTokens } from "@/db/schema/auth";
import { memberships } from "@/db/schema/team";

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

/** A member of a team by user id. */
export async function findCoach(db: Db, input: { teamId: string; userId: string }) {
  const [row] = await db
    .select({ name: users.name, email: users.email, role: memberships.role })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.teamId, input.teamId), eq(memberships.userId, input.userId)));
  return row;
}

/** Makes sure that a user with this e-mail exists; a known name stays. */
export async function upsertUser(db: Db, input: { email: string; name: string | null }): Promise<string> {
  const [row] = await db
    .insert(users)
    .values(input)
    .onConflictDoUpdate({
      target: users.email,
      set: { name: sql`coalesce(${users.name}, excluded.name)` },
    })
    .returning({ id: users.id });
  return row!.id;
}

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

/** A coach's session opened outside next-auth. */
export async function insertSession(
  db: Db,
  input: { sessionToken: string; userId: string; expires: Date },
): Promise<void> {
  await db.insert(sessions).values(input);
}

/** Ends one session. */
export async function deleteSession(db: Db, input: { sessionToken: string }): Promise<void> {
  await db.delete(sessions).where(eq(sessions.sessionToken, input.sessionToken));
}

/** Ends every session of a user. */
export async function deleteSessionsOf(db: Db, input: { userId: string }): Promise<void> {
  await db.delete(sessions).where(eq(sessions.userId, input.userId));
}

/** Whose sign-in link a hash belongs to, and until when it holds. */
export async function findVerificationToken(db: Db, tokenHash: string) {
  const [row] = await db
    .select({ email: verificationTokens.identifier, expires: verificationTokens.expires })
    .from(verificationTokens)
    .where(eq(verificationTokens.token, tokenHash));
  return row;
}

/** Keeps the language of a coach's pages and mails. */
export async function saveCoachLanguage(db: Db, input: { userId: string; locale: string }): Promise<void> {
  await db.update(users).set({ locale: input.locale }).where(eq(users.id, input.userId));
}
