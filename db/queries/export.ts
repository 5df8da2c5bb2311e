import { and, asc, eq, getTableColumns, gt, isNotNull, or, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { connections, streamStates, transactionItems, transactions } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { accessLog, auditLog, webhookDeliveries } from "@/db/schema/operation";
import { quarantinedFields, rawPayloads } from "@/db/schema/payload";
import {
  checkIns,
  dayDecisions,
  episodeVerdicts,
  notes,
  readinessDays,
  sourceChoices,
} from "@/db/schema/readiness";
import { morningReadings, readingUploads } from "@/db/schema/reading";
import { athletes, consents, invitations } from "@/db/schema/squad";
import { oneTimeLinks } from "@/db/schema/team";
import {
  dailyActivities,
  dailyLoads,
  heartRateDays,
  measurements,
  naps,
  nights,
  physicalInfos,
  sleeps,
  workoutLoads,
  workoutSamples,
  workouts,
} from "@/db/schema/wearable";

type Owned = PgTable & { teamId: PgColumn; athleteId: PgColumn };

/** Tables whose rows are an athlete's; what others hold about one is in export-others.ts. Secrets (hashes of links, sealed tokens and mails) are left out below. */
const owned = {
  consents,
  invitations,
  connections,
  streamStates,
  checkIns,
  notes,
  dayDecisions,
  nights,
  sleeps,
  naps,
  dailyLoads,
  dailyActivities,
  workouts,
  workoutSamples,
  workoutLoads,
  physicalInfos,
  heartRateDays,
  measurements,
  morningReadings,
  readingUploads,
  readinessDays,
  episodeVerdicts,
  sourceChoices,
  transactions,
  transactionItems,
  quarantinedFields,
  mails,
} satisfies Record<string, Owned>;

const secrets = new Set(["tokenHash", "accessTokenSealed", "bodySealed", "frozen"]);

type AthleteKey = { teamId: string; athleteId: string };

/** Names of the parts of an export that are an athlete's own, in order; `rawPayloads` comes last, a page at a time. */
export const EXPORT_PARTS = Object.keys(owned) as (keyof typeof owned)[];

/** The athlete's own row. */
export async function exportAthleteRow(db: Db, input: AthleteKey) {
  const [row] = await db
    .select()
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row;
}

/** Every row of one part. */
export async function exportPart(db: Db, input: AthleteKey & { part: keyof typeof owned }) {
  const table: Owned = owned[input.part];
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => !secrets.has(name));
  return db
    .select(Object.fromEntries(columns))
    .from(table)
    .where(and(eq(table.athleteId, input.athleteId), eq(table.teamId, input.teamId)));
}

/** A page of what Polar answered, byte for byte, in the order of its ids. */
export async function exportPayloads(db: Db, input: AthleteKey & { afterId: string | null; limit: number }) {
  return db
    .select()
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, input.athleteId),
        eq(rawPayloads.teamId, input.teamId),
        input.afterId === null ? undefined : gt(rawPayloads.id, input.afterId),
      ),
    )
    .orderBy(asc(rawPayloads.id))
    .limit(input.limit);
}

const nameOfUser = columnOf("export.name", z.string().nullable())`coalesce(${users.name}, ${users.email})`;

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

/** Entries of a frozen mail, whatever fields they had when it was written. */
const toldOfAthlete = z.array(z.record(z.string(), z.unknown()));

/** Morning mails that told a coach about the athlete: to whom, when, and what of the athlete. Nothing of the others in it. */
function exportMailsAbout(db: Db, of: AthleteKey) {
  const { id, newsDate, state, queuedAt, sentAt } = mails;
  const told = columnOf("exportMailsAbout.told", toldOfAthlete)`(select jsonb_agg(item - 'athleteId')
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
