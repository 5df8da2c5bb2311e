import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { isLive } from "../connections/connections";

/** Whether an athlete has a connection that was not revoked. */
export async function hasActiveConnection(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<boolean> {
  const rows = await db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.athleteId, input.athleteId), eq(connections.teamId, input.teamId), isLive()))
    .limit(1);
  return rows.length > 0;
}
