import { insertJobFailure } from "@/db/queries/operation";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";

const LONGEST_ERROR = 500;

/** Keeps a job that gave up where the operator sees it. `error` carries no health values. Jobs only. */
export async function recordJobFailure({
  ctx,
  input,
}: {
  ctx: Context;
  input: { functionId: string; subjectId: string | null; error: string };
}): Promise<void> {
  requireJob(ctx);
  const error = input.error.slice(0, LONGEST_ERROR);
  await insertJobFailure(ctx.db, { ...input, error, failedAt: ctx.now });
}
