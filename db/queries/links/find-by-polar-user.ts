import { desc, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";

/** Whose Polar account this is: the connection in use, else the latest one that ended. */
export async function findConnectionByPolarUser(db: Db, polarUserId: number) {
  const [row] = await db
    .select({ athleteId: connections.athleteId, status: connections.status })
    .from(connections)
    .where(eq(connections.polarUserId, polarUserId))
    .orderBy(sql`${connections.status} = 'revoked'`, desc(connections.connectedAt))
    .limit(1);
  return row;
}
