import { dropFailedTexts } from "@/db/queries/mail";
import { noteUpkeepEnded } from "@/db/queries/owed";
import { deleteCycles, deleteEmptyEntries, deleteFinished, type FinishedTable } from "@/db/queries/retention";
import type { Context } from "@/lib/context";
import { requireCan } from "@/lib/services/access/require";
import { beginOwedWork } from "@/lib/services/events/outbox";

/** Days for which finished things are kept: long enough to look into a failure, no longer. */
const KEPT_DAYS = {
  outbox: 7,
  webhook_deliveries: 30,
  daily_runs: 60,
  sessions: 0,
  verification_tokens: 0,
  one_time_links: 30,
  job_failures: 30,
  squad_mornings: 400,
  reading_uploads: 2,
} as const satisfies Record<FinishedTable, number>;

const FAILED_TEXT_DAYS = 7;

const CYCLE_DAYS = 2;

const EMPTY_ENTRY_DAYS = 30;

/** Removes what the product needs no more: relayed events, old webhook bodies, syncs that brought nothing, texts of failed mails, ended sessions and links. Jobs only. */
export async function tidy({ ctx }: { ctx: Context }): Promise<Partial<Record<FinishedTable, number>>> {
  requireCan(ctx, "jobs.run");
  const work = await beginOwedWork(ctx, { event: "installation/retention.due", subject: "installation" });
  const removed: Partial<Record<FinishedTable, number>> = {};
  for (const [table, days] of Object.entries(KEPT_DAYS) as [FinishedTable, number][]) {
    const before = new Date(ctx.now.getTime() - days * 86_400_000);
    removed[table] = await deleteFinished(ctx.db, { table, before });
  }
  await deleteCycles(ctx.db, { before: new Date(ctx.now.getTime() - CYCLE_DAYS * 86_400_000) });
  await deleteEmptyEntries(ctx.db, {
    before: new Date(ctx.now.getTime() - EMPTY_ENTRY_DAYS * 86_400_000),
  });
  await dropFailedTexts(ctx.db, {
    queuedBefore: new Date(ctx.now.getTime() - FAILED_TEXT_DAYS * 86_400_000),
  });
  await noteUpkeepEnded(ctx.db, { task: "retention", endedAt: ctx.now });
  await work.done(ctx);
  return removed;
}
