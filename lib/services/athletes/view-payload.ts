import { recordLooks } from "@/db/queries/log";
import { findPayload, listPayloadFields } from "@/db/queries/payloads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

export type PayloadView = NonNullable<Awaited<ReturnType<typeof findPayload>>> & {
  fields: { path: string; reason: string }[];
};

/**
 * What Polar answered, byte for byte. Owners only, and written to the athlete's access log in the same transaction.
 * @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function viewPayload(of: { ctx: Context; input: { payloadId: string } }): Promise<PayloadView> {
  const { teamId, userId } = requireCoach(of.ctx, "owner");
  return inTransaction(of.ctx, async (ctx) => {
    const payload = await findPayload(ctx.db, { teamId, payloadId: requireId(of.input.payloadId) });
    if (!payload || payload.stoppedAt) throw new AppError("not-found", "This payload is not there.");
    const look = {
      teamId,
      athleteIds: [payload.athleteId],
      userId,
      what: "raw-payload",
      lookedAt: ctx.now,
    } as const;
    await recordLooks(ctx.db, look);
    return { ...payload, fields: await listPayloadFields(ctx.db, payload.id) };
  });
}
