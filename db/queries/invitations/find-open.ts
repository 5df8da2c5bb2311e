import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { athletes, invitations, squads } from "../../schema/squad";
import { teams } from "../../schema/team";
import { isOpenInvitation } from "./change";

/** An invitation somebody can still answer: neither used, declined, withdrawn nor expired, of a squad in use. */
export async function findOpenInvitation(db: Db, input: { tokenHash: string; now: Date }) {
  const [row] = await db
    .select({
      invitation: invitations,
      athlete: athletes,
      squad: squads,
      teamName: teams.name,
      inviter: users,
    })
    .from(invitations)
    .innerJoin(athletes, eq(athletes.id, invitations.athleteId))
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .innerJoin(teams, eq(teams.id, invitations.teamId))
    .leftJoin(users, eq(users.id, invitations.invitedBy))
    .where(
      and(eq(invitations.tokenHash, input.tokenHash), isOpenInvitation(input.now), isNull(squads.archivedAt)),
    );
  return row;
}
