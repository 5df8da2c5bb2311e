import { insertAudit } from "@/db/queries/log";
import type { Context } from "@/lib/context";

/** Writes down who changed what, in the transaction of the change. `detail` never holds health values. */
export async function recordAudit(
  ctx: Context,
  entry: { teamId: string; action: string; subjectId: string; detail?: Record<string, string> },
): Promise<void> {
  await insertAudit(ctx.db, {
    ...entry,
    actor: nameOf(ctx),
    detail: entry.detail ?? {},
    happenedAt: ctx.now,
  });
}

function nameOf(ctx: Context): string {
  const { actor } = ctx;
  if (actor.kind === "coach") return `coach/${actor.userId}`;
  if (actor.kind === "athlete") return `athlete/${actor.athleteId}`;
  return actor.kind === "job" ? `job/${actor.job}` : "visitor";
}
