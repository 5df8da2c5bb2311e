import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { jobFailures } from "../../schema/operation";

export type JobFailure = typeof jobFailures.$inferSelect;

/** Whose failures: those whose subject is of the team, and with `whole` those of the installation, which have none. */
export type FailureScope = { teamId: string; reach: "team" | "whole" };

function within({ teamId, reach }: FailureScope): SQL {
  const subject = sql`${jobFailures.subjectId}`;
  const oneOf = (table: string) =>
    sql`exists (select 1 from ${sql.identifier(table)} x where x.id::text = ${subject} and x.team_id = ${teamId})`;
  const own = sql`${oneOf("athletes")} or ${oneOf("squads")} or ${oneOf("mails")}`;
  return reach === "whole" ? sql`(${subject} is null or ${own})` : sql`(${own})`;
}

/** Jobs that gave up and that nobody has dealt with, the latest first. */
export async function listOpenFailures(
  db: Db,
  input: FailureScope & { limit: number },
): Promise<JobFailure[]> {
  return db
    .select()
    .from(jobFailures)
    .where(and(isNull(jobFailures.resolvedAt), within(input)))
    .orderBy(desc(jobFailures.failedAt))
    .limit(input.limit);
}

/** One of a team's failures that nobody has dealt with. */
export async function findOpenFailure(
  db: Db,
  input: FailureScope & { id: string },
): Promise<JobFailure | undefined> {
  const [row] = await db
    .select()
    .from(jobFailures)
    .where(and(eq(jobFailures.id, input.id), isNull(jobFailures.resolvedAt), within(input)));
  return row;
}

export async function resolveFailure(db: Db, input: { id: string; resolvedAt: Date }): Promise<void> {
  await db
    .update(jobFailures)
    .set({ resolvedAt: input.resolvedAt })
    .where(and(eq(jobFailures.id, input.id), isNull(jobFailures.resolvedAt)));
}
