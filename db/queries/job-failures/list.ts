import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { jobFailures } from "../../schema/operation";

export type JobFailure = typeof jobFailures.$inferSelect;

/** Failures that concern a team: their subject is of the team, or they have none. */
function ofTeam(teamId: string): SQL {
  const subject = sql`${jobFailures.subjectId}`;
  const oneOf = (table: string) =>
    sql`exists (select 1 from ${sql.identifier(table)} x where x.id::text = ${subject} and x.team_id = ${teamId})`;
  return sql`(${subject} is null or ${oneOf("athletes")} or ${oneOf("squads")} or ${oneOf("mails")})`;
}

/** Jobs that gave up and that nobody has dealt with, the latest first. */
export async function listOpenFailures(
  db: Db,
  input: { teamId: string; limit: number },
): Promise<JobFailure[]> {
  return db
    .select()
    .from(jobFailures)
    .where(and(isNull(jobFailures.resolvedAt), ofTeam(input.teamId)))
    .orderBy(desc(jobFailures.failedAt))
    .limit(input.limit);
}

/** One of a team's failures that nobody has dealt with. */
export async function findOpenFailure(
  db: Db,
  input: { teamId: string; id: string },
): Promise<JobFailure | undefined> {
  const [row] = await db
    .select()
    .from(jobFailures)
    .where(and(eq(jobFailures.id, input.id), isNull(jobFailures.resolvedAt), ofTeam(input.teamId)));
  return row;
}

export async function resolveFailure(db: Db, input: { id: string; resolvedAt: Date }): Promise<void> {
  await db
    .update(jobFailures)
    .set({ resolvedAt: input.resolvedAt })
    .where(and(eq(jobFailures.id, input.id), isNull(jobFailures.resolvedAt)));
}
