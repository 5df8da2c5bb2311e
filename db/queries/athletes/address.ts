import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { users } from "../../schema/auth";
import { accessLog } from "../../schema/operation";
import { athletes } from "../../schema/squad";

type AthleteKey = { teamId: string; athleteId: string };

const own = (input: AthleteKey) => and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId));

/** Gives an athlete another address: what was proposed is settled, and earlier sessions of the own page have ended. */
export async function saveAddress(
  db: Db,
  input: AthleteKey & { email: string | null; now: Date },
): Promise<void> {
  const proposal = { proposedEmail: null, proposedEmailBy: null, proposedEmailAt: null };
  await db
    .update(athletes)
    .set({ email: input.email, sessionsFrom: input.now, ...proposal })
    .where(own(input));
}

/** Notes another address that a coach proposes; null takes the proposal away. */
export async function saveProposedAddress(
  db: Db,
  input: AthleteKey & { proposal: { email: string; by: string; at: Date } | null },
): Promise<void> {
  const { proposal } = input;
  await db
    .update(athletes)
    .set({
      proposedEmail: proposal?.email ?? null,
      proposedEmailBy: proposal?.by ?? null,
      proposedEmailAt: proposal?.at ?? null,
    })
    .where(own(input));
}

/** Which address is proposed to an athlete, and by whom. */
export async function findProposedAddress(db: Db, input: AthleteKey) {
  const [row] = await db
    .select({ email: athletes.proposedEmail, name: users.name, coachEmail: users.email })
    .from(athletes)
    .leftJoin(users, eq(users.id, athletes.proposedEmailBy))
    .where(own(input));
  return row?.email ? { email: row.email, by: row.name ?? row.coachEmail } : null;
}

/** Writes into the athlete's own log that the address changed. */
export async function insertAddressChange(db: Db, input: AthleteKey & { now: Date }): Promise<void> {
  const { teamId, athleteId, now } = input;
  await db
    .insert(accessLog)
    .values({ teamId, athleteId, actorKind: "athlete", what: "address-changed", lookedAt: now });
}
