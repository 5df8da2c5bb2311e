import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes } from "../../schema/squad";

/** The connected athletes of a squad by name, those who stopped left out. */
export async function listRoster(db: Db, input: { teamId: string; squadId: string }) {
  return db
    .select({
      athleteId: athletes.id,
      name: athletes.name,
      groupName: athletes.groupName,
      email: athletes.email,
      proposedEmail: athletes.proposedEmail,
      status: connections.status,
    })
    .from(athletes)
    .innerJoin(connections, and(eq(connections.athleteId, athletes.id), ne(connections.status, "revoked")))
    .where(
      and(eq(athletes.teamId, input.teamId), eq(athletes.squadId, input.squadId), isNull(athletes.stoppedAt)),
    )
    .orderBy(asc(sql`lower(${athletes.name})`), asc(athletes.id));
}
