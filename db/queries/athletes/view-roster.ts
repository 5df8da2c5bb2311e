import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes } from "../../schema/squad";
import { isLive } from "../connections/connections";

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
    .innerJoin(connections, and(eq(connections.athleteId, athletes.id), isLive()))
    .where(
      and(eq(athletes.teamId, input.teamId), eq(athletes.squadId, input.squadId), isNull(athletes.stoppedAt)),
    )
    .orderBy(asc(sql`lower(${athletes.name})`), asc(athletes.id));
}
