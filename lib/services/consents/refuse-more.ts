import { refuseStreams } from "@/db/queries/consents";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { recordAudit } from "../audit/record";
import { findWidening } from "./widening";

/** The athlete does not agree to more: what is shared stays as it is, and is not asked for again. Athletes only. @throws AppError `not-signed-in` */
export async function refuseMore(of: { ctx: Context }): Promise<void> {
  await inTransaction(of.ctx, async (ctx) => {
    const found = await findWidening(ctx, "en");
    if (!found) return;
    const { teamId, athleteId } = found.own.who;
    const streams = found.added.map((stream) => stream.id);
    await refuseStreams(ctx.db, { teamId, consentId: found.consent.id, streams });
    await recordAudit(ctx, { teamId, action: "consent/more-refused", subjectId: athleteId });
  });
}
