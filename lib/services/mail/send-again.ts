import { findTeamMail, requeueMail } from "@/db/queries/mail";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

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
  const { teamId } = requireCoach(ctx, "owner");
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
