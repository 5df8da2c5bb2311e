import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { mails } from "../../schema/mail";

const columns = {
  id: mails.id,
  kind: mails.kind,
  toEmail: mails.toEmail,
  subject: mails.subject,
  state: mails.state,
  error: mails.error,
  queuedAt: mails.queuedAt,
  sentAt: mails.sentAt,
  hasText: sql<boolean>`${mails.bodySealed} is not null`,
};

/** A team's mails, newest first, without their text. */
export async function listTeamMails(db: Db, input: { teamId: string; limit: number }) {
  return db
    .select(columns)
    .from(mails)
    .where(eq(mails.teamId, input.teamId))
    .orderBy(desc(mails.queuedAt))
    .limit(input.limit);
}

/** One of a team's mails, without its text. */
export async function findTeamMail(db: Db, input: { teamId: string; mailId: string }) {
  const [row] = await db
    .select(columns)
    .from(mails)
    .where(and(eq(mails.id, input.mailId), eq(mails.teamId, input.teamId)));
  return row;
}
