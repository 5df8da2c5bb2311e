import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { mailStops } from "../../schema/mail";
import { squads } from "../../schema/squad";
import { memberships } from "../../schema/team";

export type Mailing = { squadName: string; stopped: boolean };

/** A squad whose readiness mails a coach may get, and whether they were stopped. */
export async function findMailing(
  db: Db,
  input: { userId: string; squadId: string },
): Promise<Mailing | undefined> {
  const [row] = await db
    .select({ squadName: squads.name, stopped: sql<boolean>`${mailStops.userId} is not null` })
    .from(squads)
    .innerJoin(memberships, and(eq(memberships.teamId, squads.teamId), eq(memberships.userId, input.userId)))
    .leftJoin(mailStops, and(eq(mailStops.squadId, squads.id), eq(mailStops.userId, input.userId)))
    .where(eq(squads.id, input.squadId));
  return row;
}
