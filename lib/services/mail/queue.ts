import { randomUUID } from "node:crypto";
import { insertMail, type NewMail } from "@/db/queries/mail";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { seal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";
import { recordEvents } from "@/lib/services/events/record";
import { MAIL_PURPOSE, type MailBody } from "./body";

export type QueuedMail = MailBody & {
  kind: NewMail["kind"];
  /** One mail per business fact, ever: `morning/<squad>/<date>/<user>`. */
  key: string;
  toEmail: string;
  subject: string;
  teamId?: string;
  squadId?: string;
  athleteId?: string;
  userId?: string;
  newsDate?: string;
  frozen?: NewMail["frozen"];
  /** After it the mail helps nobody and is not sent. */
  expiresAt?: Date;
};

/** Notes a mail that is owed, and asks for its delivery. Its text is sealed and goes once it was sent. A second mail of the same key is dropped. */
export async function queueMail({ ctx, input }: { ctx: Context; input: QueuedMail }): Promise<void> {
  const { html, text, headers, ...mail } = input;
  const secret = env().ENCRYPTION_KEY;
  const id = randomUUID();
  await inTransaction(ctx, async (tx) => {
    const queued = await insertMail(tx.db, {
      ...mail,
      id,
      teamId: input.teamId ?? ctx.teamId,
      bodySealed: seal(JSON.stringify({ html, text, headers }), { secret, purpose: MAIL_PURPOSE }),
      messageId: `${id}@${new URL(env().APP_URL).hostname}`,
      queuedAt: ctx.now,
    });
    if (queued) await recordEvents(tx, [{ name: "mail/queued", data: { mailId: queued.id } }]);
  });
}
