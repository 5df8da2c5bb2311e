import { and, count, eq, gt, inArray, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { verificationTokens } from "@/db/schema/auth";
import { oneTimeLinks } from "@/db/schema/team";

type LinkPurpose = (typeof oneTimeLinks.$inferSelect)["purpose"];

/** Stores the hash of a link somebody was given. */
export async function insertLink(db: Db, input: typeof oneTimeLinks.$inferInsert): Promise<void> {
  await db.insert(oneTimeLinks).values(input);
}

const stillOpen = (input: { purpose: LinkPurpose; now: Date }) =>
  and(
    eq(oneTimeLinks.purpose, input.purpose),
    isNull(oneTimeLinks.usedAt),
    gt(oneTimeLinks.expiresAt, input.now),
  );

/** A link that can still be followed. */
export async function findOpenLink(db: Db, input: { tokenHash: string; purpose: LinkPurpose; now: Date }) {
  const [row] = await db
    .select()
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.tokenHash, input.tokenHash), stillOpen(input)));
  return row;
}

/** Uses a link up; undefined when somebody was faster, or it ended. */
export async function takeLink(db: Db, input: { tokenHash: string; purpose: LinkPurpose; now: Date }) {
  const [row] = await db
    .update(oneTimeLinks)
    .set({ usedAt: input.now })
    .where(and(eq(oneTimeLinks.tokenHash, input.tokenHash), stillOpen(input)))
    .returning();
  return row;
}

/** The open link of a purpose that was made for an e-mail address. */
export async function findOpenLinkFor(db: Db, input: { email: string; purpose: LinkPurpose; now: Date }) {
  const [row] = await db
    .select()
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.email, input.email), stillOpen(input)))
    .limit(1);
  return row;
}

/** Open invitations of coaches to a team. */
export async function listOpenTeamLinks(db: Db, input: { teamId: string; now: Date }) {
  return db
    .select()
    .from(oneTimeLinks)
    .where(
      and(eq(oneTimeLinks.teamId, input.teamId), stillOpen({ purpose: "coach-invitation", now: input.now })),
    )
    .orderBy(oneTimeLinks.createdAt);
}

/** Ends the open links of one purpose, of one team or address where given. */
export async function endLinks(
  db: Db,
  input: { purpose: LinkPurpose; now: Date; teamId?: string; email?: string },
): Promise<number> {
  const rows = await db
    .update(oneTimeLinks)
    .set({ usedAt: input.now })
    .where(
      and(
        stillOpen(input),
        input.teamId ? eq(oneTimeLinks.teamId, input.teamId) : undefined,
        input.email ? eq(oneTimeLinks.email, input.email) : undefined,
      ),
    )
    .returning({ tokenHash: oneTimeLinks.tokenHash });
  return rows.length;
}

/** Ends an athlete's open links of the purposes given. */
export async function endAthleteLinks(
  db: Db,
  input: { athleteId: string; purposes: LinkPurpose[]; now: Date },
): Promise<void> {
  await db
    .update(oneTimeLinks)
    .set({ usedAt: input.now })
    .where(
      and(
        eq(oneTimeLinks.athleteId, input.athleteId),
        inArray(oneTimeLinks.purpose, input.purposes),
        isNull(oneTimeLinks.usedAt),
      ),
    );
}

/** Links an athlete can still open the own page with. */
export async function countOpenAthleteLinks(
  db: Db,
  input: { athleteId: string; now: Date },
): Promise<number> {
  const [row] = await db
    .select({ open: count() })
    .from(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.athleteId, input.athleteId),
        stillOpen({ purpose: "athlete-page", now: input.now }),
      ),
    );
  return row?.open ?? 0;
}

/** Sign-in links of an address that could still be followed. */
export async function countOpenLinks(db: Db, input: { email: string; now: Date }): Promise<number> {
  const [row] = await db
    .select({ open: count() })
    .from(verificationTokens)
    .where(and(eq(verificationTokens.identifier, input.email), gt(verificationTokens.expires, input.now)));
  return row?.open ?? 0;
}
