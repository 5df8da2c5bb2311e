import { desc, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes } from "../../schema/squad";

/** Whose Polar account this is: the connection in use, else the latest one that ended. */
export async function findConnectionByPolarUser(db: Db, polarUserId: number) {
  const [row] = await db
    .select({
      athleteId: connections.athleteId,
      teamId: connections.teamId,
      status: connections.status,
      stoppedAt: athletes.stoppedAt,
    })
    .from(connections)
    .innerJoin(athletes, eq(athletes.id, connections.athleteId))
    .where(eq(connections.polarUserId, polarUserId))
    .orderBy(sql`${connections.status} = 'revoked'`, desc(connections.connectedAt))
    .limit(1);
  return row;
}
