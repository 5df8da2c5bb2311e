import { findOpenFailure, insertJobFailure, type JobFailure, resolveFailure } from "@/db/queries/operation";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { DomainEvent } from "@/lib/events";
import { recordAudit } from "@/lib/services/access/audit";
import { isInstallationsTeam, requireCan, requireId } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";

const LONGEST_ERROR = 500;

/** Keeps a job that gave up where the operator sees it. `error` carries no health values. Jobs only. */
export async function recordJobFailure({
  ctx,
  input,
}: {
  ctx: Context;
  input: { functionId: string; subjectId: string | null; error: string };
}): Promise<void> {
  requireCan(ctx, "jobs.run");
  const error = input.error.slice(0, LONGEST_ERROR);
  await insertJobFailure(ctx.db, { ...input, error, failedAt: ctx.now });
}

/** Jobs that can be asked for again, by the event that starts them; the others come round by themselves. */
const AGAIN: Record<string, (subjectId: string) => DomainEvent> = {
  "sync-athlete": (athleteId) => ({ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }),
  "score-athlete": (athleteId) => ({ name: "athlete/day.changed", data: { athleteId } }),
  "reprocess-athlete": (athleteId) => ({ name: "athlete/reprocess.requested", data: { athleteId } }),
  "score-squad": (squadId) => ({ name: "squad/settings.changed", data: { squadId } }),
  "morning-mail": (squadId) => ({ name: "squad/news.requested", data: { squadId, reason: "due" } }),
};

/** Whether a failed job can be asked for again. */
export function canRunAgain({
  functionId,
  subjectId,
}: Pick<JobFailure, "functionId" | "subjectId">): boolean {
  return subjectId !== null && functionId in AGAIN;
}

/**
 * Takes a job that gave up off the operator's list; `again` asks for it once more. Both are safe to repeat: every job
 * only brings things up to date. Owners; what concerns no team is for those of the installation.
 * @throws AppError `not-found`, `conflict` (comes round by itself), `forbidden`, `not-signed-in`
 */
export async function settleJobFailure({
  ctx,
  input,
}: {
  ctx: Context;
  input: { failureId: string; how: "again" | "dealt-with" };
}): Promise<void> {
  const { teamId } = requireCan(ctx, "operation.repair");
  const id = requireId(input.failureId);
  const reach = (await isInstallationsTeam(ctx)) ? "whole" : "team";
  await inTransaction(ctx, async (tx) => {
    const failure = await findOpenFailure(tx.db, { teamId, reach, id });
    if (!failure) throw new AppError("not-found", "There is no such job on the list.");
    if (input.how === "again") await runAgain(tx, failure);
    await resolveFailure(tx.db, { id, resolvedAt: ctx.now });
    const detail = { function: failure.functionId, how: input.how };
    await recordAudit(tx, { teamId, action: "job/settled", subjectId: failure.subjectId ?? id, detail });
  });
}

async function runAgain(ctx: Context, { functionId, subjectId }: JobFailure): Promise<void> {
  const event = AGAIN[functionId];
  if (!event || subjectId === null)
    throw new AppError("conflict", "This job comes round by itself and cannot be asked for.");
  await recordEvents(ctx, [event(subjectId)]);
}
