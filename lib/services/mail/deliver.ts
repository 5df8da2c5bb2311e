import { claimMail, type Settlement, settleMail } from "@/db/queries/mail";
import type { Context } from "@/lib/context";
import { unseal } from "@/lib/crypto/seal";
import { MailNotSent } from "@/lib/email/not-sent";
import { sendMail } from "@/lib/email/send";
import { env } from "@/lib/env";
import { requireJob } from "@/lib/services/access/require-job";
import { beginOwedWork } from "@/lib/services/events/work";
import { MAIL_PURPOSE, type MailBody } from "./body";

type Claimed = NonNullable<Awaited<ReturnType<typeof claimMail>>>;

const OVER = "The morning was over before this mail could go out.";

/**
 * Claims a queued mail, sends it and notes how it ended. A mail that somebody claimed before is left alone: it may be
 * on its way. A mail of the morning that could not go out before it ended has failed: its news are the next morning's.
 * Jobs only.
 * @throws MailNotSent `not-sent`: the mail is queued again, and worth another try
 */
export async function deliverMail({
  ctx,
  input,
}: {
  ctx: Context;
  input: { mailId: string };
}): Promise<{ state: Settlement["state"] | "not-queued" }> {
  requireJob(ctx);
  const work = await beginOwedWork(ctx, { event: "mail/queued", subject: input.mailId });
  const mail = await claimMail(ctx.db, { mailId: input.mailId, now: ctx.now });
  if (!mail) {
    await work.done(ctx);
    return { state: "not-queued" };
  }
  const isOver = mail.expiresAt !== null && ctx.now >= mail.expiresAt;
  const failure = isOver ? new MailNotSent("refused", new Error(OVER)) : await send(mail);
  const settlement = settlementOf(failure, ctx.now);
  await settleMail(ctx.db, { mailId: mail.id, settlement });
  if (settlement.state === "queued") throw failure;
  await work.done(ctx);
  if (failure)
    ctx.log.error({ mailId: mail.id, state: settlement.state }, "A mail did not go out for certain");
  return { state: settlement.state };
}

async function send(mail: Claimed): Promise<MailNotSent | undefined> {
  const { SMTP_URL: smtpUrl, EMAIL_FROM: from, ENCRYPTION_KEY: secret } = env();
  try {
    const body: MailBody = JSON.parse(unseal(mail.bodySealed ?? "", { secret, purpose: MAIL_PURPOSE }));
    const { toEmail: to, subject, messageId } = mail;
    await sendMail({ smtpUrl, from, to, subject, messageId, ...body });
    return undefined;
  } catch (error) {
    return error instanceof MailNotSent ? error : new MailNotSent("refused", error);
  }
}

function settlementOf(failure: MailNotSent | undefined, now: Date): Settlement {
  if (!failure) return { state: "sent", sentAt: now };
  const states = { refused: "failed", "not-sent": "queued", unknown: "unknown" } as const;
  return { state: states[failure.certainty], error: failure.message };
}
