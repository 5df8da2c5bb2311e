import { and, eq, gt, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "../../client";
import { invitations } from "../../schema/squad";

/** Nobody has used an invitation, and nobody took it back: the latest of them may have been declined, or be over. */
export const isUnused = () => and(isNull(invitations.usedAt), isNull(invitations.withdrawnAt));

const isNotOver = (now: Date) => and(isUnused(), gt(invitations.expiresAt, now));

/** Somebody can still answer an invitation: it is neither used, declined, taken back nor over. */
export const isOpenInvitation = (now: Date) => and(isNotOver(now), isNull(invitations.declinedAt));

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

/** Opens an invitation again whose connection did not come about. */
export async function releaseInvitation(
  db: Db,
  input: { invitationId: string; teamId: string },
): Promise<void> {
  await db
    .update(invitations)
    .set({ usedAt: null })
    .where(and(eq(invitations.id, input.invitationId), eq(invitations.teamId, input.teamId)));
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
