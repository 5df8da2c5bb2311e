import { beginWork, endWork } from "@/db/queries/owed";
import type { Context } from "@/lib/context";
import type { OwedEvent } from "@/lib/events";

/**
 * Work that is done for an event: from now on a request for the same subject is a new one. Called by verbs that checked
 * their caller, at the beginning of the work; `done` is called at its end. Work that never ends is asked for again.
 * @returns what was asked, undefined when nobody had asked
 */
export async function beginOwedWork(
  ctx: Context,
  input: { event: OwedEvent; subject: string },
): Promise<{ asked: Record<string, string> | undefined; done: (ctx: Context) => Promise<void> }> {
  const key = { ...input, begunAt: ctx.now };
  const asked = await beginWork(ctx.db, key);
  return { asked, done: (at) => endWork(at.db, key) };
}
