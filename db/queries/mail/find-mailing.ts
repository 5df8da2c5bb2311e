import { and, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { laterMailStops, mailStops } from "../../schema/mail";
import { squads } from "../../schema/squad";
import { memberships } from "../../schema/team";

/** `stopped`: all of them; `laterStopped`: those that go out after the morning's. */
export type Mailing = { squadName: string; stopped: boolean; laterStopped: boolean };

/** A squad whose readiness mails a coach may get, and which of them were stopped. */
export async function findMailing(
  db: Db,
  input: { userId: string; squadId: string; teamId?: string },
): Promise<Mailing | undefined> {
  const [row] = await db
    .select({
      squadName: squads.name,
      stopped: sql<boolean>`${mailStops.userId} is not null`,
      laterStopped: sql<boolean>`${laterMailStops.userId} is not null`,
    })
    .from(squads)
    .innerJoin(memberships, and(eq(memberships.teamId, squads.teamId), eq(memberships.userId, input.userId)))
    .leftJoin(mailStops, and(eq(mailStops.squadId, squads.id), eq(mailStops.userId, input.userId)))
    .leftJoin(
      laterMailStops,
      and(eq(laterMailStops.squadId, squads.id), eq(laterMailStops.userId, input.userId)),
    )
    .where(
      and(
        eq(squads.id, input.squadId),
        input.teamId === undefined ? undefined : eq(squads.teamId, input.teamId),
      ),
    );
  return row;
}
