import { and, asc, eq, gt, isNull, lt, lte, or } from "drizzle-orm";
import type { Db } from "../../client";
import { mails } from "../../schema/mail";

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
