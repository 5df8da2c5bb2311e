import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf } from "@/db/rows";
import { mails } from "@/db/schema/mail";

export type NewMail = Omit<typeof mails.$inferInsert, "state">;

/** Notes a mail that is owed. Undefined when a mail of the same key exists already, sent or not. */
export async function insertMail(db: Db, mail: NewMail): Promise<{ id: string } | undefined> {
  const [row] = await db
    .insert(mails)
    .values({ ...mail, state: "queued" })
    .onConflictDoNothing({ target: mails.key })
    .returning({ id: mails.id });
  return row;
}

/** Takes a queued mail for sending; undefined when it is gone or somebody has it. */
export async function claimMail(db: Db, input: { mailId: string; now: Date }) {
  const [row] = await db
    .update(mails)
    .set({ state: "claimed", claimedAt: input.now })
    .where(and(eq(mails.id, input.mailId), eq(mails.state, "queued")))
    .returning();
  return row;
}

/**
 * Queued mails that an engine should have taken by now: two minutes after they were queued, or a quarter of an hour
 * after the last try, which is longer than an engine waits between two.
 */
export async function listUnsentMails(db: Db, now: Date): Promise<string[]> {
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const rows = await db
    .select({ id: mails.id })
    .from(mails)
    .where(
      and(
        eq(mails.state, "queued"),
        or(
          and(
            isNull(mails.claimedAt),
            or(lte(mails.queuedAt, before(2)), gt(mails.queuedAt, inAMinute(now))),
          ),
          lte(mails.claimedAt, before(15)),
          // Later than now is what was written before the clock was set back.
          gt(mails.claimedAt, inAMinute(now)),
        ),
      ),
    )
    .orderBy(asc(mails.queuedAt));
  return rows.map((row) => row.id);
}

/** Marks mails that were claimed long ago and never told of again: whether they went out cannot be known. */
export async function giveUpClaims(
  db: Db,
  input: { claimedBefore: Date; now: Date; error: string },
): Promise<string[]> {
  const { claimedBefore, now } = input;
  const rows = await db
    .update(mails)
    .set({ state: "unknown", error: input.error, bodySealed: null })
    .where(
      // One that was claimed later than now was claimed before the clock was set back.
      and(
        eq(mails.state, "claimed"),
        or(lt(mails.claimedAt, claimedBefore), gt(mails.claimedAt, inAMinute(now))),
      ),
    )
    .returning({ id: mails.id });
  return rows.map((row) => row.id);
}

const inAMinute = (now: Date) => new Date(now.getTime() + 60_000);

export type Settlement =
  | { state: "sent"; sentAt: Date }
  | { state: "failed"; error: string }
  | { state: "unknown"; error: string }
  | { state: "queued"; error: string };

/** Mails that help late as well and hold no health value: the text of these outlives a failure for a week. */
const KEPT_WHEN_FAILED = ["invitation", "coach-invitation", "reconnect"] as const;

const textOfFailed = sql`case when ${inArray(mails.kind, [...KEPT_WHEN_FAILED])} then ${mails.bodySealed} end`;

/** Says how a claimed mail ended. Its text goes with it, unless it can be tried again. */
export async function settleMail(db: Db, input: { mailId: string; settlement: Settlement }): Promise<void> {
  const { settlement } = input;
  const text = settlement.state === "failed" ? textOfFailed : null;
  const body = settlement.state === "queued" ? {} : { bodySealed: text };
  await db
    .update(mails)
    .set({ error: null, ...settlement, ...body })
    .where(and(eq(mails.id, input.mailId), eq(mails.state, "claimed")));
}

/** Ends a mail whose tries are used up. */
export async function failMail(db: Db, input: { mailId: string; error: string }): Promise<void> {
  await db
    .update(mails)
    .set({ state: "failed", error: input.error, bodySealed: textOfFailed })
    .where(and(eq(mails.id, input.mailId), eq(mails.state, "queued")));
}

/** Owes a mail that failed once more. @returns whether it still had its text */
export async function requeueMail(db: Db, input: { mailId: string }): Promise<boolean> {
  const rows = await db
    .update(mails)
    .set({ state: "queued", error: null })
    .where(and(eq(mails.id, input.mailId), eq(mails.state, "failed"), isNotNull(mails.bodySealed)))
    .returning({ id: mails.id });
  return rows.length > 0;
}

/** Deletes the texts of mails that failed and were queued before a moment. @returns how many */
export async function dropFailedTexts(db: Db, input: { queuedBefore: Date }): Promise<number> {
  const rows = await db
    .update(mails)
    .set({ bodySealed: null })
    .where(
      and(eq(mails.state, "failed"), isNotNull(mails.bodySealed), lt(mails.queuedAt, input.queuedBefore)),
    )
    .returning({ id: mails.id });
  return rows.length;
}

const columns = {
  id: mails.id,
  kind: mails.kind,
  toEmail: mails.toEmail,
  subject: mails.subject,
  state: mails.state,
  error: mails.error,
  queuedAt: mails.queuedAt,
  sentAt: mails.sentAt,
  hasText: columnOf("mails.hasText", z.boolean())`${mails.bodySealed} is not null`,
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
