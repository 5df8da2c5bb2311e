import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { memberships } from "../../schema/team";

/** Whether anybody owns this installation yet. */
export async function hasOwner(db: Db): Promise<boolean> {
  const rows = await db
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(eq(memberships.role, "owner"))
    .limit(1);
  return rows.length > 0;
}
