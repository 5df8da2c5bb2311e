import { and, asc, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf, rowsOf } from "@/db/rows";
import { connections } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { accessLog, webhookDeliveries } from "@/db/schema/operation";
import { backtests } from "@/db/schema/readiness";
import { athletes, squads } from "@/db/schema/squad";
import { oneTimeLinks, teams } from "@/db/schema/team";
import { isLive } from "./connections";
import { forgetOwed } from "./owed";

type AthleteKey = { teamId: string; athleteId: string };

/** One athlete of a team, with the squad's settings that their own page needs. */
export async function findAthlete(db: Db, input: { teamId: string; athleteId: string }) {
  const [row] = await db
    .select({ athlete: athletes, squad: squads, teamName: teams.name })
    .from(athletes)
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .innerJoin(teams, eq(teams.id, athletes.teamId))
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row;
}

/** Whether an athlete is there, and stays there until the transaction ends. */
export async function holdAthlete(db: Db, input: { teamId: string; athleteId: string }): Promise<boolean> {
  const rows = await db
    .select({ id: athletes.id })
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)))
    .for("key share");
  return rows.length > 0;
}

/** Which of these addresses belong to somebody on the squad who has not stopped. */
export async function listKnownEmails(
  db: Db,
  input: { teamId: string; squadId: string; emails: string[] },
): Promise<string[]> {
  if (input.emails.length === 0) return [];
  const rows = await db
    .select({ email: athletes.email })
    .from(athletes)
    .where(
      and(
        eq(athletes.teamId, input.teamId),
        eq(athletes.squadId, input.squadId),
        isNull(athletes.stoppedAt),
        inArray(athletes.email, input.emails),
      ),
    );
  return rows.flatMap((row) => row.email ?? []);
}

/** Something was connected at some time: the page belongs to that account, and its data came from there. */
export const hasConnected = columnOf(
  "hasConnected",
  z.boolean(),
)`exists (select from connections c where c.athlete_id = athletes.id)`;

/** The athlete has agreed to what the invitation asks, and it still holds. */
export const hasAgreed = columnOf(
  "hasAgreed",
  z.boolean(),
)`exists (select from consents c where c.athlete_id = athletes.id and c.withdrawn_at is null)`;

/** A link opens the page of somebody who has taken part themselves; that a coach typed an address is not enough. */
const hasPage = or(hasConnected, isNotNull(athletes.pageClaimedAt), hasAgreed);

/**
 * Whose the own page is. `nobody`: invited, and no more than agreed. `mailbox`: opened by a link mailed to the athlete,
 * with nothing ever connected. `account`: something was connected.
 */
export type PageOwner = "nobody" | "mailbox" | "account";

/** Whose an athlete's own page is; from `mailbox` on, address and page are the athlete's (ADR 0012, 0018). */
export async function findPageOwner(db: Db, input: AthleteKey): Promise<PageOwner> {
  const [row] = await db
    .select({ claimedAt: athletes.pageClaimedAt, connected: hasConnected })
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  if (row?.connected) return "account";
  return row?.claimedAt ? "mailbox" : "nobody";
}

/** The team of an athlete whose page a link to this address may open; undefined when the address is no longer theirs. */
export async function findTeamByPageAddress(
  db: Db,
  input: { athleteId: string; email: string },
): Promise<string | undefined> {
  const [row] = await db
    .select({ teamId: athletes.teamId })
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.email, input.email), hasPage));
  return row?.teamId;
}

/** Notes that a mailed link opened the own page; the first time counts. */
export async function claimPage(db: Db, input: AthleteKey & { now: Date }): Promise<void> {
  await db
    .update(athletes)
    .set({ pageClaimedAt: input.now })
    .where(
      and(
        eq(athletes.id, input.athleteId),
        eq(athletes.teamId, input.teamId),
        isNull(athletes.pageClaimedAt),
      ),
    );
}

/** Every athlete with this address who may open an own page by a mailed link. */
export async function listAthletesByEmail(db: Db, email: string) {
  return db
    .select({
      athleteId: athletes.id,
      teamId: athletes.teamId,
      name: athletes.name,
      locale: athletes.locale,
      teamName: teams.name,
    })
    .from(athletes)
    .innerJoin(teams, eq(teams.id, athletes.teamId))
    .where(and(eq(athletes.email, email), hasPage));
}

/** The team an athlete belongs to; undefined once the athlete is gone. */
export async function findTeamOfAthlete(db: Db, athleteId: string): Promise<string | undefined> {
  const [row] = await db.select({ teamId: athletes.teamId }).from(athletes).where(eq(athletes.id, athleteId));
  return row?.teamId;
}

/** The team of an athlete, and since when sessions of the own page count. */
export async function findOwnSessions(db: Db, athleteId: string) {
  const [row] = await db
    .select({ teamId: athletes.teamId, sessionsFrom: athletes.sessionsFrom })
    .from(athletes)
    .where(eq(athletes.id, athleteId));
  return row;
}

/** An athlete of a team with the squad they train in. */
export async function findAthleteInSquad(db: Db, input: { teamId: string; athleteId: string }) {
  const [row] = await db
    .select({
      id: athletes.id,
      name: athletes.name,
      groupName: athletes.groupName,
      stoppedAt: athletes.stoppedAt,
      squadId: squads.id,
      squadName: squads.name,
      timeZone: squads.timeZone,
      preset: squads.preset,
      loadKind: squads.loadKind,
    })
    .from(athletes)
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row;
}

const neighbours = z.object({ before: z.string().nullable(), after: z.string().nullable() });

/** The athletes before and after one in the squad's list by name. */
export async function listNeighbours(
  db: Db,
  input: { teamId: string; squadId: string; athleteId: string },
): Promise<z.output<typeof neighbours>> {
  const [row] = await rowsOf(db, "listNeighbours", neighbours)`
    select before, after from (
      select id, lag(id) over w as before, lead(id) over w as after
      from athletes
      where team_id = ${input.teamId} and squad_id = ${input.squadId} and stopped_at is null
      window w as (order by name, id)
    ) ordered where id = ${input.athleteId}`;
  return row ?? { before: null, after: null };
}

/** The connected athletes of a squad by name, those who stopped left out. */
export async function listRoster(db: Db, input: { teamId: string; squadId: string }) {
  return db
    .select({
      athleteId: athletes.id,
      name: athletes.name,
      groupName: athletes.groupName,
      email: athletes.email,
      proposedEmail: athletes.proposedEmail,
      status: connections.status,
    })
    .from(athletes)
    .innerJoin(connections, and(eq(connections.athleteId, athletes.id), isLive()))
    .where(
      and(eq(athletes.teamId, input.teamId), eq(athletes.squadId, input.squadId), isNull(athletes.stoppedAt)),
    )
    .orderBy(asc(sql`lower(${athletes.name})`), asc(athletes.id));
}

/** A new athlete of a squad; the id. */
export async function insertAthlete(
  db: Db,
  input: {
    teamId: string;
    squadId: string;
    name: string;
    email: string | null;
    groupName: string | null;
    locale: string;
    createdAt: Date;
  },
): Promise<string> {
  const [row] = await db.insert(athletes).values(input).returning({ id: athletes.id });
  return row!.id;
}

type AthleteChanges = Partial<Pick<typeof athletes.$inferInsert, "name" | "groupName" | "squadId">>;

/** Changes what a coach keeps of an athlete; the number of rows that changed. */
export async function updateAthlete(
  db: Db,
  input: { teamId: string; athleteId: string; changes: AthleteChanges },
): Promise<number> {
  const rows = await db
    .update(athletes)
    .set(input.changes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)))
    .returning({ id: athletes.id });
  return rows.length;
}

/** Sets since when an athlete keeps new data back; null when they arrive again. */
export async function markPaused(
  db: Db,
  input: { teamId: string; athleteId: string; pausedAt: Date | null },
): Promise<void> {
  await db
    .update(athletes)
    .set({ pausedAt: input.pausedAt })
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
}

/** Sets when an athlete stopped sharing and when the data go; nulls when the athlete shares again. Either ends a pause. */
export async function markStopped(
  db: Db,
  input: { teamId: string; athleteId: string; stoppedAt: Date | null; deleteAfter: Date | null },
): Promise<void> {
  const { stoppedAt, deleteAfter } = input;
  await db
    .update(athletes)
    .set({ stoppedAt, deleteAfter, pausedAt: null })
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
}

/** The language an athlete reads. */
export async function findAthleteLanguage(db: Db, input: AthleteKey): Promise<string | null> {
  const [row] = await db
    .select({ locale: athletes.locale })
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row?.locale ?? null;
}

/** Keeps the language of an athlete's mails. */
export async function saveAthleteLanguage(db: Db, input: AthleteKey & { locale: string }): Promise<void> {
  await db
    .update(athletes)
    .set({ locale: input.locale })
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
}

/**
 * Deletes an athlete with everything that hangs on the row, and what only names the athlete: links, mails, the
 * access log, Polar's notices, what is owed and the squad's back-tests. @returns whether there was such an athlete
 */
export async function deleteAthlete(db: Db, input: AthleteKey): Promise<boolean> {
  await db.delete(oneTimeLinks).where(eq(oneTimeLinks.athleteId, input.athleteId));
  const mailed = await db
    .delete(mails)
    .where(and(eq(mails.athleteId, input.athleteId), eq(mails.teamId, input.teamId)))
    .returning({ id: mails.id });
  await forgetInMailedNews(db, input);
  await db.delete(webhookDeliveries).where(
    sql`exists (select from ${connections} where athlete_id = ${input.athleteId} and team_id = ${input.teamId}
      and ${connections.provider} = ${webhookDeliveries.provider}
      and (${connections.polarUserId} = ${webhookDeliveries.polarUserId} or ${connections.accountId} = ${webhookDeliveries.accountId}))`,
  );
  await db.delete(backtests).where(
    sql`${backtests.squadId} in (select squad_id from ${athletes} where id = ${input.athleteId})
      and ${backtests.teamId} = ${input.teamId}`,
  );
  await db
    .delete(accessLog)
    .where(and(eq(accessLog.athleteId, input.athleteId), eq(accessLog.teamId, input.teamId)));
  const rows = await db
    .delete(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)))
    .returning({ id: athletes.id });
  await forgetOwed(db, { subjects: [input.athleteId, ...mailed.map(({ id }) => id)] });
  return rows.length > 0;
}

/** Squad mails keep which level was mailed about whom: the athlete leaves these lists too. */
async function forgetInMailedNews(db: Db, input: AthleteKey): Promise<void> {
  await db.execute(sql`
    update ${mails} set frozen = jsonb_set(frozen, '{athletes}', (
      select coalesce(jsonb_agg(item), '[]'::jsonb) from jsonb_array_elements(frozen->'athletes') item
      where item->>'athleteId' <> ${input.athleteId}))
    where team_id = ${input.teamId}
      and frozen->'athletes' @> ${JSON.stringify([{ athleteId: input.athleteId }])}::text::jsonb`);
}

/** Athletes whose promised day of deletion has come. */
export async function listDueForDeletion(
  db: Db,
  input: { now: Date },
): Promise<(AthleteKey & { deleteAfter: Date })[]> {
  const rows = await db
    .select({ teamId: athletes.teamId, athleteId: athletes.id, deleteAfter: athletes.deleteAfter })
    .from(athletes)
    .where(lte(athletes.deleteAfter, input.now));
  return rows.flatMap(({ deleteAfter, ...key }) => (deleteAfter ? [{ ...key, deleteAfter }] : []));
}
