import { and, asc, eq, inArray, isNull, lte, ne } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf, rowsOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { laterMailStops, mailStops, mails } from "@/db/schema/mail";
import { readinessDays } from "@/db/schema/readiness";
import { invitations, squads } from "@/db/schema/squad";
import { memberships } from "@/db/schema/team";
import { NEWS_KINDS, type NewsKind } from "@/lib/alerts/frozen";
import { rolesTo } from "@/lib/context";
import { type Evidence, readEvidence } from "@/lib/readiness/evidence";
import type { Level } from "@/lib/readiness/types";
import { isUnused } from "./invitations";

/** `stopped`: all of them; `laterStopped`: those that go out after the morning's. */
export type Mailing = { squadName: string; stopped: boolean; laterStopped: boolean };

/** A squad whose readiness mails a coach may get, and which of them were stopped. */
export async function findMailing(
  db: Db,
  input: { userId: string; squadId: string; teamId?: string },
): Promise<Mailing | undefined> {
  const [row] = await db
    .select({
      squadName: squads.name,
      stopped: columnOf("findMailing.stopped", z.boolean())`${mailStops.userId} is not null`,
      laterStopped: columnOf("findMailing.laterStopped", z.boolean())`${laterMailStops.userId} is not null`,
    })
    .from(squads)
    .innerJoin(memberships, and(eq(memberships.teamId, squads.teamId), eq(memberships.userId, input.userId)))
    .leftJoin(mailStops, and(eq(mailStops.squadId, squads.id), eq(mailStops.userId, input.userId)))
    .leftJoin(
      laterMailStops,
      and(eq(laterMailStops.squadId, squads.id), eq(laterMailStops.userId, input.userId)),
    )
    .where(
      and(
        eq(squads.id, input.squadId),
        input.teamId === undefined ? undefined : eq(squads.teamId, input.teamId),
      ),
    );
  return row;
}

/**
 * Who gets a squad's readiness mails: the team's owners and coaches, but for those who stopped them. `wantsLater`: also
 * the one that goes out later on a day.
 */
export async function listMailedCoaches(db: Db, input: { teamId: string; squadId: string }) {
  return db
    .select({
      userId: users.id,
      email: users.email,
      locale: users.locale,
      wantsLater: columnOf("listMailedCoaches.wantsLater", z.boolean())`${laterMailStops.userId} is null`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(mailStops, and(eq(mailStops.userId, users.id), eq(mailStops.squadId, input.squadId)))
    .leftJoin(
      laterMailStops,
      and(eq(laterMailStops.userId, users.id), eq(laterMailStops.squadId, input.squadId)),
    )
    .where(
      and(
        eq(memberships.teamId, input.teamId),
        inArray(memberships.role, rolesTo("mails.get")),
        isNull(mailStops.userId),
      ),
    )
    .orderBy(asc(users.email));
}

/** Stored evidence of athletes on one day, by athlete. */
export async function listEvidence(
  db: Db,
  input: { teamId: string; athleteIds: string[]; date: string },
): Promise<Map<string, Evidence>> {
  if (input.athleteIds.length === 0) return new Map();
  const rows = await db
    .select({ athleteId: readinessDays.athleteId, evidence: readinessDays.evidence })
    .from(readinessDays)
    .where(
      and(
        eq(readinessDays.teamId, input.teamId),
        inArray(readinessDays.athleteId, input.athleteIds),
        eq(readinessDays.date, input.date),
      ),
    );
  return new Map(rows.map((row) => [row.athleteId, readEvidence(row.evidence)]));
}

type MailedLevel = { athleteId: string; date: string; level: Level };

/**
 * What a coach was mailed about a squad's athletes up to a day, in date order: as it was said, whatever was recomputed
 * since. A mail that surely never went out told nobody anything.
 */
export async function listMailed(
  db: Db,
  input: { squadId: string; userId: string; until: string },
): Promise<MailedLevel[]> {
  const rows = await db
    .select({ date: mails.newsDate, frozen: mails.frozen })
    .from(mails)
    .where(
      and(
        eq(mails.squadId, input.squadId),
        eq(mails.userId, input.userId),
        inArray(mails.kind, NEWS_KINDS),
        ne(mails.state, "failed"),
        lte(mails.newsDate, input.until),
      ),
    )
    .orderBy(mails.newsDate);
  return rows.flatMap(({ date, frozen }) =>
    (frozen?.athletes ?? []).map(({ athleteId, level }) => ({
      athleteId,
      date: date!,
      level,
    })),
  );
}

/** Coaches who have a squad's later mail of a day, sent, failed or on its way. */
export async function listCoachesToldLater(
  db: Db,
  input: { squadId: string; date: string },
): Promise<Set<string | null>> {
  const told = (await listMailsOfDay(db, input)).filter(({ kind }) => kind === "later-today");
  return new Set(told.map(({ userId }) => userId));
}

/** The readiness mails of a squad and day: to whom, how they ended, and whom they told of. */
export async function listMailsOfDay(db: Db, input: { squadId: string; date: string }) {
  return db
    .select({ kind: mails.kind, userId: mails.userId, state: mails.state, frozen: mails.frozen })
    .from(mails)
    .where(
      and(eq(mails.squadId, input.squadId), eq(mails.newsDate, input.date), inArray(mails.kind, NEWS_KINDS)),
    );
}

type Stop = { userId: string; squadId: string; what: NewsKind };

/** All readiness mails of a squad, or those after the morning's alone. */
const TABLES = { morning: mailStops, "later-today": laterMailStops } as const;

/** Notes that a coach wants no readiness mails of a squad, or none after the morning's. */
export async function insertMailStop(db: Db, input: Stop & { stoppedAt: Date }): Promise<void> {
  const { what, ...stop } = input;
  await db.insert(TABLES[what]).values(stop).onConflictDoNothing();
}

/** Forgets it. */
export async function deleteMailStop(db: Db, { userId, squadId, what }: Stop): Promise<void> {
  const table = TABLES[what];
  await db.delete(table).where(and(eq(table.userId, userId), eq(table.squadId, squadId)));
}

const firstScoring = z.object({ squadId: z.string() });

/**
 * Squads of whom no morning was ever told and whose first scoring is complete: somebody is connected, everybody
 * connected has the whole history and a scored day, and nobody was invited lately who may still be on the way.
 */
export async function listFirstScorings(db: Db, input: { invitedSince: Date }): Promise<string[]> {
  const rows = await rowsOf(db, "listFirstScorings", firstScoring)`
    select s.id as "squadId" from squads s
    where s.archived_at is null
      and not exists (select from squad_mornings m where m.squad_id = s.id and m.state = 'decided')
      and not exists (
        select from athletes a join ${invitations} on ${invitations.athleteId} = a.id
        where a.squad_id = s.id and a.stopped_at is null and ${isUnused()} and ${invitations.declinedAt} is null
          and ${invitations.createdAt} > ${input.invitedSince.toISOString()}::timestamptz)
      and (
        select bool_and(c.backfilled_at is not null
          and exists (select from readiness_days d where d.athlete_id = a.id))
        from athletes a join connections c on c.athlete_id = a.id and c.status = 'active'
        where a.squad_id = s.id and a.stopped_at is null)
    order by s.id`;
  return rows.map((row) => row.squadId);
}
