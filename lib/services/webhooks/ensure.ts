import { noteUpkeepEnded } from "@/db/queries/owed";
import type { Context } from "@/lib/context";
import { requireJob } from "../access/require-job";
import { beginOwedWork } from "../events/work";
import { setUpWebhook } from "./manage";
import { isReachable } from "./reachable";

/**
 * Sets up the webhook when the app starts, and once a day switches it on again if Polar gave up on it. Failing is no
 * reason not to start: notifications and mornings bring the same news later, and the next day tries again. Jobs only.
 */
export async function ensureWebhook({
  ctx,
}: {
  ctx: Context;
}): Promise<{ outcome: "created" | "active" | "changed" | "foreign" | "unreachable" | "failed" }> {
  requireJob(ctx);
  const work = await beginOwedWork(ctx, { event: "installation/webhook-check.due", subject: "installation" });
  const checked = await check(ctx);
  await noteUpkeepEnded(ctx.db, { task: "webhook-check", endedAt: ctx.now });
  await work.done(ctx);
  return checked;
}

async function check(ctx: Context): ReturnType<typeof ensureWebhook> {
  if (!isReachable()) return { outcome: "unreachable" };
  try {
    const { outcome } = await setUpWebhook({ ctx });
    ctx.log.info({ outcome }, "webhook at Polar");
    return { outcome };
  } catch (err) {
    ctx.log.warn({ err }, "the webhook at Polar could not be set up");
    return { outcome: "failed" };
  }
}
