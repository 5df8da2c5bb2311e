import { and, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections, owedDeregistrations } from "@/db/schema/connection";

export type OwedDeregistration = typeof owedDeregistrations.$inferSelect;

/** Notes a token that Polar has to end. */
export async function insertOwedDeregistration(
  db: Db,
  row: typeof owedDeregistrations.$inferInsert,
): Promise<OwedDeregistration> {
  const [inserted] = await db.insert(owedDeregistrations).values(row).returning();
  return inserted!;
}

/** Keeps the tokens that an athlete's ended connections still owe Polar, so that they outlast the athlete's row. */
export async function keepOwedTokens(
  db: Db,
  input: { teamId: string; athleteId: string; now: Date },
): Promise<void> {
  const now = sql`${input.now.toISOString()}::timestamptz`;
  await db.execute(sql`
    insert into ${owedDeregistrations} (provider, polar_user_id, account_id, access_token_sealed, owed_at, next_try_at)
    select provider, polar_user_id, account_id, access_token_sealed, ${now}, ${now} from ${connections}
    where athlete_id = ${input.athleteId} and team_id = ${input.teamId} and status = 'revoked'
      and access_token_sealed is not null`);
}

/** Tokens whose next try has come, the oldest first. */
export async function listOwedDeregistrations(db: Db, now: Date): Promise<OwedDeregistration[]> {
  return db
    .select()
    .from(owedDeregistrations)
    .where(lte(owedDeregistrations.nextTryAt, now))
    .orderBy(owedDeregistrations.owedAt);
}

/** Notes a try in vain and when the next one is. */
export async function postponeOwedDeregistration(
  db: Db,
  input: { id: string; attempts: number; nextTryAt: Date },
): Promise<void> {
  const { id, ...set } = input;
  await db.update(owedDeregistrations).set(set).where(eq(owedDeregistrations.id, id));
}

/** Polar has ended the token, or somebody shares by it. */
export async function deleteOwedDeregistration(db: Db, id: string): Promise<void> {
  await db.delete(owedDeregistrations).where(eq(owedDeregistrations.id, id));
}

/** Whether Polar still has to be told that an athlete stopped: until then the token is needed. */
export async function hasPendingDeregistration(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.athleteId, input.athleteId),
        eq(connections.teamId, input.teamId),
        eq(connections.status, "revoked"),
        isNotNull(connections.accessTokenSealed),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
