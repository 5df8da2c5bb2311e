import { and, desc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { connections } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { athletes, invitations, squads } from "@/db/schema/squad";
import { teams } from "@/db/schema/team";
import { hasAgreed, hasConnected } from "./athletes";
import { isLive } from "./connections";

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

/** The latest invitation of every athlete of a squad who is not connected. */
export async function listWaitingRows(db: Db, input: { teamId: string; squadId: string }) {
  return db
    .selectDistinctOn([athletes.id], {
      athleteId: athletes.id,
      name: athletes.name,
      email: athletes.email,
      groupName: athletes.groupName,
      sentAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      openedAt: invitations.openedAt,
      declinedAt: invitations.declinedAt,
      /** Null where the link was never mailed. */
      mailState: mails.state,
      owned: columnOf(
        "listWaitingRows.owned",
        z.boolean(),
      )`${athletes.pageClaimedAt} is not null or ${hasConnected}`,
      consented: hasAgreed,
    })
    .from(athletes)
    .innerJoin(invitations, eq(invitations.athleteId, athletes.id))
    .leftJoin(mails, eq(mails.key, sql`'invitation/' || ${invitations.id}`))
    .leftJoin(connections, and(eq(connections.athleteId, athletes.id), isLive()))
    .where(
      and(
        eq(athletes.teamId, input.teamId),
        eq(athletes.squadId, input.squadId),
        isNull(connections.id),
        isUnused(),
      ),
    )
    .orderBy(athletes.id, desc(invitations.createdAt));
}

/** A new invitation; its id. */
export async function insertInvitation(db: Db, input: typeof invitations.$inferInsert): Promise<string> {
  const [row] = await db.insert(invitations).values(input).returning({ id: invitations.id });
  return row!.id;
}

/** Nobody has used an invitation, and nobody took it back: the latest of them may have been declined, or be over. */
export const isUnused = () => and(isNull(invitations.usedAt), isNull(invitations.withdrawnAt));

const isNotOver = (now: Date) => and(isUnused(), gt(invitations.expiresAt, now));

/** Somebody can still answer an invitation: it is neither used, declined, taken back nor over. */
const isOpenInvitation = (now: Date) => and(isNotOver(now), isNull(invitations.declinedAt));

/** Uses an open invitation up; false when somebody was faster, or it ended meanwhile. */
export async function claimInvitation(
  db: Db,
  input: { invitationId: string; teamId: string; now: Date },
): Promise<boolean> {
  const rows = await db
    .update(invitations)
    .set({ usedAt: input.now })
    .where(
      and(
        eq(invitations.id, input.invitationId),
        eq(invitations.teamId, input.teamId),
        isOpenInvitation(input.now),
      ),
    )
    .returning({ id: invitations.id });
  return rows.length === 1;
}

/** Notes when an invitation was first shown. */
export async function markOpened(
  db: Db,
  input: { invitationId: string; teamId: string; now: Date },
): Promise<void> {
  await db
    .update(invitations)
    .set({ openedAt: input.now })
    .where(
      and(
        eq(invitations.id, input.invitationId),
        eq(invitations.teamId, input.teamId),
        isNull(invitations.openedAt),
      ),
    );
}

/** The athlete said no. */
export async function markDeclined(
  db: Db,
  input: { invitationId: string; teamId: string; now: Date },
): Promise<void> {
  await db
    .update(invitations)
    .set({ declinedAt: input.now })
    .where(and(eq(invitations.id, input.invitationId), eq(invitations.teamId, input.teamId)));
}

/** The athlete thinks again: a declined invitation that has not ended otherwise is open once more. */
export async function takeBackDecline(
  db: Db,
  input: { tokenHash: string; now: Date },
): Promise<{ teamId: string; athleteId: string } | undefined> {
  const [row] = await db
    .update(invitations)
    .set({ declinedAt: null })
    .where(
      and(
        eq(invitations.tokenHash, input.tokenHash),
        isNotNull(invitations.declinedAt),
        isNotOver(input.now),
      ),
    )
    .returning({ teamId: invitations.teamId, athleteId: invitations.athleteId });
  return row;
}

/** Ends every invitation of an athlete that nobody used; how many were still open. */
export async function withdrawInvitations(
  db: Db,
  input: { teamId: string; athleteId: string; now: Date },
): Promise<number> {
  const rows = await db
    .update(invitations)
    .set({ withdrawnAt: input.now })
    .where(and(eq(invitations.athleteId, input.athleteId), eq(invitations.teamId, input.teamId), isUnused()))
    .returning({ id: invitations.id });
  return rows.length;
}
