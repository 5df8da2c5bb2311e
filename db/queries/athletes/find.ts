import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { connections } from "../../schema/connection";
import { athletes, squads } from "../../schema/squad";
import { teams } from "../../schema/team";

/** One athlete of a team, with the squad's settings that their own page needs. */
export async function findAthlete(db: Db, input: { teamId: string; athleteId: string }) {
  const [row] = await db
    .select({ athlete: athletes, squad: squads, teamName: teams.name })
    .from(athletes)
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .innerJoin(teams, eq(teams.id, athletes.teamId))
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)));
  return row;
}

/** Whether an athlete is there, and stays there until the transaction ends. */
export async function holdAthlete(db: Db, input: { teamId: string; athleteId: string }): Promise<boolean> {
  const rows = await db
    .select({ id: athletes.id })
    .from(athletes)
    .where(and(eq(athletes.id, input.athleteId), eq(athletes.teamId, input.teamId)))
    .for("key share");
  return rows.length > 0;
}

/** Which of these addresses belong to somebody on the squad who has not stopped. */
export async function listKnownEmails(
  db: Db,
  input: { teamId: string; squadId: string; emails: string[] },
): Promise<string[]> {
  if (input.emails.length === 0) return [];
  const rows = await db
    .select({ email: athletes.email })
    .from(athletes)
    .where(
      and(
        eq(athletes.teamId, input.teamId),
        eq(athletes.squadId, input.squadId),
        isNull(athletes.stoppedAt),
        inArray(athletes.email, input.emails),
      ),
    );
  return rows.flatMap((row) => row.email ?? []);
}

/** Every athlete with this address who may still open an own page. */
export async function listAthletesByEmail(db: Db, email: string) {
  return db
    .select({
      athleteId: athletes.id,
      teamId: athletes.teamId,
      name: athletes.name,
      locale: athletes.locale,
      teamName: teams.name,
    })
    .from(athletes)
    .innerJoin(teams, eq(teams.id, athletes.teamId))
    .where(
      and(
        eq(athletes.email, email),
        sql`exists (select from ${connections} where ${connections.athleteId} = ${athletes.id})`,
      ),
    );
}
