import { and, eq, exists, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes } from "../../schema/squad";

/** Ids of a squad's athletes who connected and have not stopped. */
export async function listScorable(db: Db, input: { squadId: string }): Promise<string[]> {
  const rows = await db
    .select({ id: athletes.id })
    .from(athletes)
    .where(
      and(
        eq(athletes.squadId, input.squadId),
        isNull(athletes.stoppedAt),
        exists(db.select({ one: sql`1` }).from(connections).where(eq(connections.athleteId, athletes.id))),
      ),
    )
    .orderBy(athletes.id);
  return rows.map((row) => row.id);
}
