import { and, eq, lte, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { mails } from "../../schema/mail";
import { accessLog, webhookDeliveries } from "../../schema/operation";
import { backtests } from "../../schema/readiness";
import { athletes } from "../../schema/squad";
import { oneTimeLinks } from "../../schema/team";
import { forgetOwed } from "../owed/owed";

type AthleteKey = { teamId: string; athleteId: string };

/** Whether an athlete ever connected: then there are data, and leaving goes another way. */
export async function hasEverConnected(db: Db, input: AthleteKey): Promise<boolean> {
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.athleteId, input.athleteId), eq(connections.teamId, input.teamId)))
    .limit(1);
  return rows.length > 0;
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
    sql`${webhookDeliveries.polarUserId} in (select polar_user_id from ${connections}
      where athlete_id = ${input.athleteId} and team_id = ${input.teamId})`,
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
