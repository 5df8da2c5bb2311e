import type { Db } from "../../client";
import { invitations } from "../../schema/squad";

/** A new invitation; its id. */
export async function insertInvitation(db: Db, input: typeof invitations.$inferInsert): Promise<string> {
  const [row] = await db.insert(invitations).values(input).returning({ id: invitations.id });
  return row!.id;
}
