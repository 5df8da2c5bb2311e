import { recordOutbox } from "@/db/queries/log";
import { dropSettled, oweUnasked, takeOverdue } from "@/db/queries/owed";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { OWED_EVENTS, type OwedEvent } from "@/lib/events";
import { requireJob } from "@/lib/services/access/require-job";
import { subjectOf } from "@/lib/services/events/record";
import { OWED_KINDS } from "./kinds";

/** Rows of work that the database no longer shows as owed are kept this long: their run may only just have begun. */
const SETTLED_AFTER_MS = 10 * 60_000;

/**
 * Looks in the database for everything that is owed, and asks for what nobody has asked for, and again for what was
 * asked for and did not come. Whatever an engine lost is found here; asking twice is harmless, because every job only
 * brings things up to date. One kind that cannot be looked for keeps no other from being found. Jobs only.
 * @returns how often each event was recorded
 */
export async function sweepOwed({
  ctx,
}: {
  ctx: Context;
}): Promise<{ asked: Partial<Record<OwedEvent, number>> }> {
  requireJob(ctx);
  const asked: Partial<Record<OwedEvent, number>> = {};
  for (const event of OWED_EVENTS) {
    try {
      const count = await sweepKind(ctx, event);
      if (count > 0) asked[event] = count;
    } catch (err) {
      ctx.log.error({ err, event }, "what is owed could not be looked for");
    }
  }
  if (Object.keys(asked).length > 0) ctx.log.info({ asked }, "asked for what is owed");
  return { asked };
}

async function sweepKind(ctx: Context, event: OwedEvent): Promise<number> {
  const { find, pace } = OWED_KINDS[event];
  const found = find === "recorded" ? undefined : await find(ctx);
  return inTransaction(ctx, async (tx) => {
    const rows = (found ?? []).map((data) => ({ event, subject: subjectOf(data), data: { ...data } }));
    if (found)
      await dropSettled(tx.db, { event, owedSubjects: rows.map(subjectIn), before: settledBefore(ctx.now) });
    const fresh = await oweUnasked(tx.db, { rows, askedAt: ctx.now });
    const overdue = await takeOverdue(tx.db, { event, now: ctx.now, pace, engine: env().JOBS_ENGINE });
    const stillOwed = found && new Set(rows.map(subjectIn));
    const again = overdue.filter(({ subject }) => stillOwed?.has(subject) ?? true);
    await recordOutbox(
      tx.db,
      [...fresh, ...again].map(({ data }) => ({ name: event, data })),
    );
    return fresh.length + again.length;
  });
}

const subjectIn = ({ subject }: { subject: string }) => subject;

const settledBefore = (now: Date) => new Date(now.getTime() - SETTLED_AFTER_MS);
