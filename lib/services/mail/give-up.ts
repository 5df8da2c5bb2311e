import { failMail, giveUpClaims } from "@/db/queries/mail";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { beginOwedWork } from "@/lib/services/events/work";
import { recordJobFailure } from "@/lib/services/job-failures/record";

const LONGEST_SENDING_MINUTES = 10;

/** Ends a mail whose tries are used up, and tells the operator. Jobs only. */
export async function giveUpMail({
  ctx,
  input,
}: {
  ctx: Context;
  input: { mailId: string; error: string };
}): Promise<void> {
  requireJob(ctx);
  const work = await beginOwedWork(ctx, { event: "mail/queued", subject: input.mailId });
  await failMail(ctx.db, input);
  await work.done(ctx);
  await recordJobFailure({
    ctx,
    input: { functionId: "deliver-mail", subjectId: input.mailId, error: input.error },
  });
}

/**
 * Marks mails whose sender ended between claiming and telling as `unknown`, and tells the operator.
 * They are never sent again blindly: the reader may have them. Jobs only.
 */
export async function settleLostMails({ ctx }: { ctx: Context }): Promise<{ unknown: number }> {
  requireJob(ctx);
  const claimedBefore = new Date(ctx.now.getTime() - LONGEST_SENDING_MINUTES * 60_000);
  const error = "The sender ended while this mail was on its way; it may or may not have arrived.";
  const lost = await giveUpClaims(ctx.db, { claimedBefore, now: ctx.now, error });
  for (const subjectId of lost) {
    const work = await beginOwedWork(ctx, { event: "mail/queued", subject: subjectId });
    await recordJobFailure({ ctx, input: { functionId: "deliver-mail", subjectId, error } });
    await work.done(ctx);
  }
  return { unknown: lost.length };
}
