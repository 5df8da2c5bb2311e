import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { mails } from "../../schema/mail";
import { athletes, consents, invitations } from "../../schema/squad";
import { isLive } from "../connections/connections";
import { isUnused } from "./change";

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
      everConnected: sql<boolean>`exists (select from connections c where c.athlete_id = ${athletes.id})`,
      consented: sql<boolean>`exists (select from ${consents} where ${consents.athleteId} = ${athletes.id}
        and ${consents.withdrawnAt} is null)`,
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
