import { and, eq, isNotNull } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";

/** Whether Polar still has to be told that an athlete stopped: until then the token is needed. */
export async function hasPendingDeregistration(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(
      and(
        eq(connections.athleteId, input.athleteId),
        eq(connections.teamId, input.teamId),
        eq(connections.status, "revoked"),
        isNotNull(connections.accessTokenSealed),
      ),
    )
    .limit(1);
  return rows.length > 0;
}
