import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { syncLeases } from "@/db/schema/connection";
import { athletes } from "@/db/schema/squad";

type Lease = { athleteId: string; holder: string };

/** The database's clock decides: machines may disagree about the time. */
const inSeconds = (seconds: number) => sql`clock_timestamp() + make_interval(secs => ${seconds})`;

/**
 * A lease that has run out. One that ends later than any is given for was given before the clock was set back; should
 * its holder be alive, it notices at its next write.
 */
export const isOver = sql`(${syncLeases.expiresAt} < clock_timestamp()
  or ${syncLeases.expiresAt} > clock_timestamp() + interval '20 minutes')`;

/**
 * Takes an athlete's lease when it is free or has run out; otherwise notes that it was asked for. Nobody holds a lease
 * of an athlete who was deleted.
 */
export async function takeLease(db: Db, input: Lease & { ttlS: number }): Promise<"taken" | "held" | "gone"> {
  const there = await db.select({ id: athletes.id }).from(athletes).where(eq(athletes.id, input.athleteId));
  if (there.length === 0) return "gone";
  const taken = await db
    .insert(syncLeases)
    .values({ athleteId: input.athleteId, holder: input.holder, expiresAt: inSeconds(input.ttlS) })
    .onConflictDoUpdate({
      target: syncLeases.athleteId,
      set: { holder: input.holder, expiresAt: inSeconds(input.ttlS), requestedAgainAt: null },
      setWhere: isOver,
    })
    .returning({ athleteId: syncLeases.athleteId });
  if (taken.length > 0) return "taken";
  const noted = await db
    .update(syncLeases)
    .set({ requestedAgainAt: sql`clock_timestamp()` })
    .where(eq(syncLeases.athleteId, input.athleteId))
    .returning({ athleteId: syncLeases.athleteId });
  // Given back between the two statements, there is nobody left who would ask again.
  return noted.length > 0 ? "held" : takeLease(db, input);
}

/** Prolongs the lease; false when it is no longer the holder's. Inside a transaction it also keeps others out until the end. */
export async function keepLease(db: Db, input: Lease & { ttlS: number }): Promise<boolean> {
  const kept = await db
    .update(syncLeases)
    .set({ expiresAt: inSeconds(input.ttlS) })
    .where(and(eq(syncLeases.athleteId, input.athleteId), eq(syncLeases.holder, input.holder)))
    .returning({ athleteId: syncLeases.athleteId });
  return kept.length > 0;
}

/** Remembers under the athlete's lease that facts changed which scoring looks at. */
export async function noteScoringDue(db: Db, athleteId: string): Promise<void> {
  await db
    .update(syncLeases)
    .set({ scoringDue: true })
    .where(and(eq(syncLeases.athleteId, athleteId), eq(syncLeases.scoringDue, false)));
}

/** Gives the lease back; says whether somebody asked for it meanwhile, and whether scoring has to be told. */
export async function releaseLease(
  db: Db,
  input: Lease,
): Promise<{ requestedAgain: boolean; scoringDue: boolean }> {
  const [row] = await db
    .delete(syncLeases)
    .where(and(eq(syncLeases.athleteId, input.athleteId), eq(syncLeases.holder, input.holder)))
    .returning({ requestedAgainAt: syncLeases.requestedAgainAt, scoringDue: syncLeases.scoringDue });
  return { requestedAgain: row?.requestedAgainAt != null, scoringDue: row?.scoringDue ?? false };
}

/** Takes an athlete's lease away from whoever holds it: the run under way stores nothing more, and the next one settles what it owes. */
export async function endLease(db: Db, athleteId: string): Promise<void> {
  await db
    .update(syncLeases)
    .set({ holder: sql`gen_random_uuid()`, expiresAt: sql`clock_timestamp() - interval '1 second'` })
    .where(eq(syncLeases.athleteId, athleteId));
}

/** Frees every lease and tells whose they were; only for the one worker of an installation, at its start. */
export async function freeAllLeases(db: Db): Promise<{ athleteId: string; scoringDue: boolean }[]> {
  return db
    .delete(syncLeases)
    .returning({ athleteId: syncLeases.athleteId, scoringDue: syncLeases.scoringDue });
}

/** Athletes whose lease ran out without being given back: their worker died. */
export async function listExpiredLeases(db: Db): Promise<string[]> {
  const rows = await db.select({ athleteId: syncLeases.athleteId }).from(syncLeases).where(isOver);
  return rows.map((row) => row.athleteId);
}
