import type { Db } from "../../client";
import { mails } from "../../schema/mail";

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
