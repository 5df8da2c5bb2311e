import type { Db } from "../../client";
import { auditLog } from "../../schema/operation";

/** One line of what was changed. */
export async function insertAudit(db: Db, input: typeof auditLog.$inferInsert): Promise<void> {
  await db.insert(auditLog).values(input);
}
