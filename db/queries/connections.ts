import { and, desc, eq, getTableColumns, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { connections, owedDeregistrations } from "@/db/schema/connection";
import { athletes, consents, squads } from "@/db/schema/squad";
import { teams } from "@/db/schema/team";

export type ConnectionRow = typeof connections.$inferSelect;

/** Alive: neither the athlete nor we have ended it. `alias` is what a raw statement calls the table. */
export const isLive = (alias = "connections") => sql.raw(`${alias}.status <> 'revoked'`);

/** The live connection of an athlete. */
export async function findConnection(db: Db, athleteId: string): Promise<ConnectionRow | undefined> {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(eq(connections.athleteId, athleteId), isLive()));
  return row;
}

/** The connection, of whichever athlete, that a Polar account is linked by at present. */
export async function findConnectionOfPolarUser(
  db: Db,
  polarUserId: number,
): Promise<ConnectionRow | undefined> {
  const [row] = await db
    .select()
    .from(connections)
    .where(and(eq(connections.polarUserId, polarUserId), isLive()));
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

/** Inserts a connection unless the Polar account or the athlete has one that is not revoked. */
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

/** Notes a registration at Polar; false when the connection was revoked meanwhile. */
export async function markRegistered(db: Db, input: { id: string; memberId: string }): Promise<boolean> {
  const set = { status: "active" as const, statusReason: null, memberId: input.memberId };
  const changed = await db
    .update(connections)
    .set(set)
    .where(and(eq(connections.id, input.id), isLive()))
    .returning({ id: connections.id });
  return changed.length > 0;
}

/** Notes that Polar registers an athlete only once all its own consents are given. */
export async function markConsentMissing(db: Db, id: string): Promise<void> {
  await db
    .update(connections)
    .set({ status: "consent-missing", statusReason: "registration" })
    .where(and(eq(connections.id, id), isLive()));
}

/** The Polar account an athlete connected last, whether it is still connected or not. */
export async function findLastPolarUser(db: Db, athleteId: string): Promise<number | undefined> {
  const [row] = await db
    .select({ polarUserId: connections.polarUserId })
    .from(connections)
    .where(eq(connections.athleteId, athleteId))
    .orderBy(desc(connections.connectedAt))
    .limit(1);
  return row?.polarUserId;
}

/** Makes a revoked connection one that Polar has not been told of yet. */
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
 * Gives up the token that Polar refused. Undefined when it is no longer the connection's: revoked, or connected anew
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

/** Revoked connections that Polar has not been told of yet. */
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

/** Whose Polar account this is: the connection in use, else the latest one that ended. */
export async function findConnectionByPolarUser(db: Db, polarUserId: number) {
  const [row] = await db
    .select({
      athleteId: connections.athleteId,
      teamId: connections.teamId,
      status: connections.status,
      stoppedAt: athletes.stoppedAt,
    })
    .from(connections)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(eq(connections.polarUserId, polarUserId))
    .orderBy(sql`${connections.status} = 'revoked'`, desc(connections.connectedAt))
    .limit(1);
  return row;
}
