import { insertAwakeSpan, listAwakeSpans, prolongAwakeSpan } from "@/db/queries/operation";
import type { Context } from "@/lib/context";

/** Ticks further apart than this were not one run: a shorter pause keeps no morning back. */
const GAP_MINUTES = 30;

/** Since when the jobs run without a gap, and the gap before that; null when there was none. */
export type Awake = { sinceMs: number; gap: { from: Date; until: Date } | null };

/** Notes a sign of life of the jobs. Called by verbs that checked their caller. */
export async function noteAwake(ctx: Context): Promise<Awake> {
  const [last] = await listAwakeSpans(ctx.db, { limit: 1 });
  const silentMs = last ? ctx.now.getTime() - last.until.getTime() : Number.POSITIVE_INFINITY;
  if (!last || silentMs > GAP_MINUTES * 60_000) await insertAwakeSpan(ctx.db, { at: ctx.now });
  // A clock that was set back takes no life away.
  else if (silentMs > 0) await prolongAwakeSpan(ctx.db, { id: last.id, until: ctx.now });
  return readAwake(ctx);
}

/** The same without a note. Called by verbs that checked their caller. */
export async function readAwake(ctx: Context): Promise<Awake> {
  const [span, before] = await listAwakeSpans(ctx.db, { limit: 2 });
  if (!span) return { sinceMs: ctx.now.getTime(), gap: null };
  const sinceMs = Math.min(span.from.getTime(), ctx.now.getTime());
  return { sinceMs, gap: before ? { from: before.until, until: span.from } : null };
}
