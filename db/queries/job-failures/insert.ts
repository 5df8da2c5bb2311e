import type { Db } from "../../client";
import { jobFailures } from "../../schema/operation";

/** Keeps a job that gave up for the operator. */
export async function insertJobFailure(db: Db, failure: typeof jobFailures.$inferInsert): Promise<void> {
  await db.insert(jobFailures).values(failure);
}
