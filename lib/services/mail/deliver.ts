import {
  claimMail,
  failMail,
  findTeamMail,
  giveUpClaims,
  listTeamMails,
  requeueMail,
  type Settlement,
  settleMail,
} from "@/db/queries/mail";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { unseal } from "@/lib/crypto/seal";
import { MailNotSent } from "@/lib/email/not-sent";
import { sendMail } from "@/lib/email/send";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { requireCan, requireId } from "@/lib/services/access/require";
import { beginOwedWork, recordEvents } from "@/lib/services/events/outbox";
import { recordJobFailure } from "@/lib/services/jobs/failures";
import { MAIL_PURPOSE, type MailBody } from "./queue";

type Claimed = NonNullable<Awaited<ReturnType<typeof claimMail>>>;

const OVER = "The morning was over before this mail could go out.";
const OTHER_KEY =
  "The text of this mail was sealed with another ENCRYPTION_KEY: give every part of the installation the same one.";

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
  requireCan(ctx, "jobs.run");
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
  const { SMTP_URL: smtpUrl, EMAIL_FROM: from } = env();
  try {
    const body = textOf(mail);
    const { toEmail: to, subject, messageId } = mail;
    await sendMail({ smtpUrl, from, to, subject, messageId, ...body });
    return undefined;
  } catch (error) {
    return error instanceof MailNotSent ? error : new MailNotSent("refused", error);
  }
}

/**
 * What a mail says.
 * @throws MailNotSent `not-sent`: another process sealed it with a key that this one does not have; once they agree, it goes
 */
function textOf(mail: Claimed): MailBody {
  try {
    const sealed = mail.bodySealed ?? "";
    return JSON.parse(unseal(sealed, { secret: env().ENCRYPTION_KEY, purpose: MAIL_PURPOSE }));
  } catch {
    throw new MailNotSent("not-sent", new Error(OTHER_KEY));
  }
}

function settlementOf(failure: MailNotSent | undefined, now: Date): Settlement {
  if (!failure) return { state: "sent", sentAt: now };
  const states = { refused: "failed", "not-sent": "queued", unknown: "unknown" } as const;
  return { state: states[failure.certainty], error: failure.message };
}

/** Only a mail that surely did not go out, and whose text is still kept, may go again. */
export function canSendAgain({ state, hasText }: { state: string; hasText: boolean }): boolean {
  return state === "failed" && hasText;
}

/**
 * Queues a mail that failed once more, as it was written. One that may have arrived is never sent twice.
 * Owners of the installation. @throws AppError `not-found`, `conflict`, `forbidden`, `not-signed-in`
 */
export async function sendMailAgain({
  ctx,
  input,
}: {
  ctx: Context;
  input: { mailId: string };
}): Promise<void> {
  const { teamId } = requireCan(ctx, "operation.repair");
  const mailId = requireId(input.mailId);
  await inTransaction(ctx, async (tx) => {
    const mail = await findTeamMail(tx.db, { teamId, mailId });
    if (!mail) throw new AppError("not-found", "There is no such mail.");
    if (!canSendAgain(mail) || !(await requeueMail(tx.db, { mailId })))
      throw new AppError(
        "conflict",
        "This mail cannot be sent again: it may have arrived, or its text is gone.",
      );
    await recordEvents(tx, [{ name: "mail/queued", data: { mailId } }]);
    await recordAudit(tx, { teamId, action: "mail/sent-again", subjectId: mailId });
  });
}

const LONGEST_SENDING_MINUTES = 10;

/** Ends a mail whose tries are used up, and tells the operator. Jobs only. */
export async function giveUpMail({
  ctx,
  input,
}: {
  ctx: Context;
  input: { mailId: string; error: string };
}): Promise<void> {
  requireCan(ctx, "jobs.run");
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
  requireCan(ctx, "jobs.run");
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

/** The team's mail log, newest first, without texts. For owners and coaches. */
export async function listMails({ ctx, input }: { ctx: Context; input: { limit?: number } }) {
  const { teamId } = requireCan(ctx, "mails.list");
  return listTeamMails(ctx.db, { teamId, limit: input.limit ?? 100 });
}
