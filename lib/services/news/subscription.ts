import { findMailing, type Mailing } from "@/db/queries/mail/find-mailing";
import { deleteMailStop, insertMailStop } from "@/db/queries/mail/stop";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { type MailSubscription, readStopToken } from "./stop-link";

type Input = { ctx: Context; input: { token: string } };

/**
 * What the link at the foot of a readiness mail is about. Anybody who holds the link may ask.
 * @throws AppError `link-ended`
 */
export async function readMailing(of: Input): Promise<Mailing> {
  return (await find(of)).mailing;
}

/** Ends a coach's readiness mails of one squad; nothing else changes. @throws AppError `link-ended` */
export async function stopMorningMails(of: Input): Promise<void> {
  const { subscription } = await find(of);
  await insertMailStop(of.ctx.db, { ...subscription, stoppedAt: of.ctx.now });
}

/** Sends them again from the next morning on. @throws AppError `link-ended` */
export async function resumeMorningMails(of: Input): Promise<void> {
  const { subscription } = await find(of);
  await deleteMailStop(of.ctx.db, subscription);
}

async function find({ ctx, input }: Input): Promise<{ subscription: MailSubscription; mailing: Mailing }> {
  const subscription = readStopToken(input.token);
  const mailing = subscription && (await findMailing(ctx.db, subscription));
  if (!mailing) throw new AppError("link-ended", "This link has ended.");
  return { subscription, mailing };
}
