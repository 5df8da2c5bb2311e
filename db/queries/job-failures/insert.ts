import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { jobFailures } from "../../schema/operation";

/** Keeps a job that gave up for the operator. One that gave up before for the same subject, and is still on the list, is brought up to date. */
export async function insertJobFailure(db: Db, failure: typeof jobFailures.$inferInsert): Promise<void> {
  const { functionId, subjectId, error, failedAt } = failure;
  const again = await db
    .update(jobFailures)
    .set({ error, failedAt })
    .where(
      and(
        eq(jobFailures.functionId, functionId),
        sql`${jobFailures.subjectId} is not distinct from ${subjectId ?? null}`,
        isNull(jobFailures.resolvedAt),
      ),
    )
    .returning({ id: jobFailures.id });
  if (again.length === 0) await db.insert(jobFailures).values(failure);
}
