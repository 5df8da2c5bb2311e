import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { COACHING_ROLES } from "@/lib/context";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { laterMailStops, mailStops } from "../../schema/mail";
import { memberships } from "../../schema/team";

/**
 * Who gets a squad's readiness mails: the team's owners and coaches, but for those who stopped them. `wantsLater`: also
 * the one that goes out later on a day.
 */
export async function listMailedCoaches(db: Db, input: { teamId: string; squadId: string }) {
  return db
    .select({
      userId: users.id,
      email: users.email,
      locale: users.locale,
      wantsLater: sql<boolean>`${laterMailStops.userId} is null`,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .leftJoin(mailStops, and(eq(mailStops.userId, users.id), eq(mailStops.squadId, input.squadId)))
    .leftJoin(
      laterMailStops,
      and(eq(laterMailStops.userId, users.id), eq(laterMailStops.squadId, input.squadId)),
    )
    .where(
      and(
        eq(memberships.teamId, input.teamId),
        inArray(memberships.role, COACHING_ROLES),
        isNull(mailStops.userId),
      ),
    )
    .orderBy(asc(users.email));
}
