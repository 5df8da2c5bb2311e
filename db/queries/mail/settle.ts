import { and, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { mails } from "../../schema/mail";

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
