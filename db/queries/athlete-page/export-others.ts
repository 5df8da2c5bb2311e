import { and, asc, eq, isNotNull, or, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { connections } from "../../schema/connection";
import { mails } from "../../schema/mail";
import { accessLog, auditLog, webhookDeliveries } from "../../schema/operation";
import { oneTimeLinks } from "../../schema/team";

type AthleteKey = { teamId: string; athleteId: string };

const nameOfUser = sql<string | null>`coalesce(${users.name}, ${users.email})`;

/** Who looked at the athlete's data, by name as the athlete's page has it. */
function exportLooks(db: Db, of: AthleteKey) {
  const { id, actorKind, what, lookedAt } = accessLog;
  return db
    .select({ id, actorKind, actorName: nameOfUser, what, lookedAt })
    .from(accessLog)
    .leftJoin(users, eq(users.id, accessLog.actorUserId))
    .where(and(eq(accessLog.athleteId, of.athleteId), eq(accessLog.teamId, of.teamId)))
    .orderBy(asc(accessLog.id));
}

/** What was changed about the athlete, or by the athlete, and by whom. */
function exportAudit(db: Db, of: AthleteKey) {
  const { id, actor, action, subjectId, detail, happenedAt } = auditLog;
  return db
    .select({ id, actor, actorName: nameOfUser, action, subjectId, detail, happenedAt })
    .from(auditLog)
    .leftJoin(users, sql`${auditLog.actor} = 'coach/' || ${users.id}`)
    .where(
      and(
        eq(auditLog.teamId, of.teamId),
        or(eq(auditLog.subjectId, of.athleteId), eq(auditLog.actor, `athlete/${of.athleteId}`)),
      ),
    )
    .orderBy(asc(auditLog.id));
}

/** Polar's notices of new data, word for word, for each Polar account the athlete connected. */
function exportNotices(db: Db, of: AthleteKey) {
  const { id, event, polarUserId, body, receivedAt } = webhookDeliveries;
  const own = db
    .select({ id: connections.polarUserId })
    .from(connections)
    .where(and(eq(connections.athleteId, of.athleteId), eq(connections.teamId, of.teamId)));
  return db
    .select({ id, event, polarUserId, body, receivedAt })
    .from(webhookDeliveries)
    .where(sql`${polarUserId} in ${own}`)
    .orderBy(asc(receivedAt));
}

/** Morning mails that told a coach about the athlete: to whom, when, and what of the athlete. Nothing of the others in it. */
function exportMailsAbout(db: Db, of: AthleteKey) {
  const { id, newsDate, state, queuedAt, sentAt } = mails;
  const told = sql<Record<string, string>[]>`(select jsonb_agg(item - 'athleteId')
    from jsonb_array_elements(${mails.frozen}->'athletes') item where item->>'athleteId' = ${of.athleteId})`;
  return db
    .select({ id, readerName: nameOfUser, newsDate, state, queuedAt, sentAt, told })
    .from(mails)
    .leftJoin(users, eq(users.id, mails.userId))
    .where(and(eq(mails.teamId, of.teamId), isNotNull(told)))
    .orderBy(asc(queuedAt));
}

/** Links to the own page that were made for the athlete, without what would open them. */
function exportLinks(db: Db, of: AthleteKey) {
  const { purpose, email, createdAt, expiresAt, usedAt } = oneTimeLinks;
  return db
    .select({ purpose, email, createdAt, expiresAt, usedAt })
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.athleteId, of.athleteId), eq(oneTimeLinks.teamId, of.teamId)))
    .orderBy(asc(createdAt));
}

/** What is kept about an athlete in tables that are not the athlete's own, by the name of the part of an export. */
export const EXPORT_FROM_OTHERS = {
  accessLog: exportLooks,
  auditLog: exportAudit,
  webhookDeliveries: exportNotices,
  mailsAbout: exportMailsAbout,
  oneTimeLinks: exportLinks,
} satisfies Record<string, (db: Db, of: AthleteKey) => PromiseLike<object[]>>;
