import { and, eq, lt } from "drizzle-orm";
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

/** Marks mails that were claimed long ago and never told of again: whether they went out cannot be known. */
export async function giveUpClaims(db: Db, input: { claimedBefore: Date; error: string }): Promise<string[]> {
  const rows = await db
    .update(mails)
    .set({ state: "unknown", error: input.error, bodySealed: null })
    .where(and(eq(mails.state, "claimed"), lt(mails.claimedAt, input.claimedBefore)))
    .returning({ id: mails.id });
  return rows.map((row) => row.id);
}
