import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { connections, owedDeregistrations } from "@/db/schema/connection";
import { athletes, consents, squads } from "@/db/schema/squad";
import { teams } from "@/db/schema/team";
import { POLAR, type ProviderId } from "@/lib/wearables/provider";

export type ConnectionRow = typeof connections.$inferSelect;

/** Alive: neither the athlete nor we have ended it. `alias` is what a raw statement calls the table. */
export const isLive = (alias = "connections") => sql.raw(`${alias}.status <> 'revoked'`);

/** An account at a provider. */
export type Account = { provider: ProviderId; accountId: string };

/** Which account a row is about. */
export function accountOf(row: AccountColumns): Account {
  return { provider: row.provider, accountId: row.accountId ?? String(row.polarUserId) };
}

type AccountColumns = Pick<ConnectionRow, "provider" | "polarUserId" | "accountId">;

/** What is stored of an account: Polar's are numbers. */
export function accountColumns({ provider, accountId }: Account): AccountColumns {
  if (provider === POLAR) return { provider, polarUserId: Number(accountId), accountId: null };
  return { provider, polarUserId: null, accountId };
}

/** Rows about some accounts of a provider. */
export function areAccounts(provider: ProviderId, accountIds: readonly string[]) {
  const named =
    provider === POLAR
      ? inArray(connections.polarUserId, accountIds.map(Number))
      : inArray(connections.accountId, [...accountIds]);
  return and(eq(connections.provider, provider), named);
}

const isAccount = ({ provider, accountId }: Account) => areAccounts(provider, [accountId]);

/** What of a connection names its account. */
export const account = {
  provider: connections.provider,
  polarUserId: connections.polarUserId,
  accountId: connections.accountId,
};

/** The live connection of an athlete. */
export async function findConnection(db: Db, athleteId: string): Promise<ConnectionRow | undefined> {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(eq(connections.athleteId, athleteId), isLive()));
  return row;
}

/** The connection, of whichever athlete, that an account is linked by at present. */
export async function findConnectionOfAccount(db: Db, account: Account): Promise<ConnectionRow | undefined> {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(isAccount(account), isLive()));
  return row;
}

/** An athlete with team, squad zone and whether they stopped sharing. */
export async function findAthleteForConnection(db: Db, athleteId: string) {
  const [row] = await db
    .select({
      id: athletes.id,
      teamId: athletes.teamId,
      squadId: athletes.squadId,
      name: athletes.name,
      email: athletes.email,
      stoppedAt: athletes.stoppedAt,
      timeZone: squads.timeZone,
    })
    .from(athletes)
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .where(eq(athletes.id, athleteId));
  return row;
}

/** Where and in which language an athlete is told that the connection ended; nobody who stopped sharing is. */
export async function findReconnectionReader(db: Db, athleteId: string) {
  const [row] = await db
    .select({
      athleteId: athletes.id,
      squadId: athletes.squadId,
      teamId: athletes.teamId,
      teamName: teams.name,
      email: athletes.email,
      locale: athletes.locale,
    })
    .from(athletes)
    .innerJoin(teams, eq(teams.id, athletes.teamId))
    .innerJoin(consents, eq(consents.athleteId, athletes.id))
    .where(and(eq(athletes.id, athleteId), isNull(athletes.stoppedAt), isNull(consents.withdrawnAt)))
    .orderBy(desc(consents.acceptedAt))
    .limit(1);
  return row;
}

/** Inserts a connection unless the account or the athlete has one that is not revoked. */
export async function insertConnection(
  db: Db,
  row: typeof connections.$inferInsert,
): Promise<ConnectionRow | undefined> {
  const [inserted] = await db.insert(connections).values(row).onConflictDoNothing().returning();
  return inserted;
}

export async function updateConnection(
  db: Db,
  input: { id: string; set: Partial<typeof connections.$inferInsert> },
): Promise<void> {
  await db.update(connections).set(input.set).where(eq(connections.id, input.id));
}

/** Notes a registration at the provider; false when the connection was revoked meanwhile. */
export async function markRegistered(db: Db, input: { id: string; memberId: string }): Promise<boolean> {
  const set = { status: "active" as const, statusReason: null, memberId: input.memberId };
  const changed = await db
    .update(connections)
    .set(set)
    .where(and(eq(connections.id, input.id), isLive()))
    .returning({ id: connections.id });
  return changed.length > 0;
}

/** Notes that the provider registers an athlete only once all its own consents are given. */
export async function markConsentMissing(db: Db, id: string): Promise<void> {
  await db
    .update(connections)
    .set({ status: "consent-missing", statusReason: "registration" })
    .where(and(eq(connections.id, id), isLive()));
}

/** The account an athlete connected last, whether it is still connected or not. */
export async function findLastAccount(db: Db, athleteId: string): Promise<Account | undefined> {
  const [row] = await db
    .select(account)
    .from(connections)
    .where(eq(connections.athleteId, athleteId))
    .orderBy(desc(connections.connectedAt))
    .limit(1);
  return row && accountOf(row);
}

/** Makes a revoked connection one that its provider has not been told of yet. */
export async function oweDeregistration(
  db: Db,
  input: { id: string; accessTokenSealed: string },
): Promise<void> {
  const { id, accessTokenSealed } = input;
  await db
    .update(connections)
    .set({ accessTokenSealed, statusReason: "deregistration-pending" })
    .where(and(eq(connections.id, id), eq(connections.status, "revoked")));
}

/**
 * Gives up the token that the provider refused. Undefined when it is no longer the connection's: revoked, or connected anew
 * meanwhile.
 */
export async function refuseToken(
  db: Db,
  input: { athleteId: string; accessTokenSealed: string },
): Promise<{ id: string } | undefined> {
  const [changed] = await db
    .update(connections)
    .set({ status: "needs-reconnection", statusReason: "token-refused", accessTokenSealed: null })
    .where(
      and(
        eq(connections.athleteId, input.athleteId),
        eq(connections.accessTokenSealed, input.accessTokenSealed),
        isLive(),
      ),
    )
    .returning({ id: connections.id });
  return changed;
}

/** Revoked connections whose provider has not been told of yet. */
export async function listPendingDeregistrations(db: Db): Promise<ConnectionRow[]> {
  return db
    .select()
    .from(connections)
    .where(and(eq(connections.status, "revoked"), isNotNull(connections.accessTokenSealed)));
}

/** Working connections of athletes who stopped sharing: the step between the two was cut off. */
export async function listStoppedButConnected(db: Db): Promise<ConnectionRow[]> {
  return db
    .select(getTableColumns(connections))
    .from(connections)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(and(isLive(), isNotNull(athletes.stoppedAt)));
}

const untold = z.object({ owed: z.boolean() });

/**
 * Whether Polar or this database still shows access that was ended more than a minute ago, whoever ended it has had time
 * to say so, or Polar holds a token that nobody needs and whose next try has come.
 */
export async function hasUntoldRevocations(db: Db, now: Date): Promise<boolean> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const longAgo = (ended: unknown) => sql`(${ended} <= ${at} - interval '1 minute' or ${ended} > ${at})`;
  const [row] = await rowsOf(db, "hasUntoldRevocations", untold)`
    select exists (
      select from ${connections} left join ${athletes} on ${athletes.id} = ${connections.athleteId}
      where ${connections.status} = 'revoked' and ${connections.accessTokenSealed} is not null
          and ${longAgo(connections.revokedAt)}
        or ${isLive()} and ${longAgo(athletes.stoppedAt)}
    ) or exists (
      select from ${owedDeregistrations} where ${owedDeregistrations.nextTryAt} <= ${at}
    ) as owed`;
  return row?.owed ?? false;
}

/** Whether an athlete has a connection that was not revoked. */
export async function hasActiveConnection(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.athleteId, input.athleteId), eq(connections.teamId, input.teamId), isLive()))
    .limit(1);
  return rows.length > 0;
}

/** Whose account this is: the connection in use, else the latest one that ended. */
export async function findConnectionByAccount(db: Db, account: Account) {
  const [row] = await db
    .select({
      athleteId: connections.athleteId,
      teamId: connections.teamId,
      status: connections.status,
      stoppedAt: athletes.stoppedAt,
    })
    .from(connections)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(isAccount(account))
    .orderBy(sql`${connections.status} = 'revoked'`, desc(connections.connectedAt))
    .limit(1);
  return row;
}
