import { and, asc, eq, exists, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes } from "../../schema/squad";

/** A squad's athletes who connected and have not stopped, by name. */
export async function listBacktested(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<{ athleteId: string; name: string }[]> {
  return db
    .select({ athleteId: athletes.id, name: athletes.name })
    .from(athletes)
    .where(
      and(
        eq(athletes.teamId, input.teamId),
        eq(athletes.squadId, input.squadId),
        isNull(athletes.stoppedAt),
        exists(db.select({ one: sql`1` }).from(connections).where(eq(connections.athleteId, athletes.id))),
      ),
    )
    .orderBy(asc(athletes.name), asc(athletes.id));
}
