import {
  findConnection,
  findReconnectionReader,
  updateConnection,
} from "@/db/queries/connections/connections";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireJob } from "../access/require-job";
import { mailReconnection } from "./mail-reconnection";

/**
 * Polar answered 401: the token is dead and only the athlete can connect again, who is told so by mail once. Jobs only.
 */
export async function markNeedsReconnection({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<void> {
  requireJob(ctx);
  const { athleteId } = input;
  const connection = await findConnection(ctx.db, athleteId);
  if (!connection || connection.status === "needs-reconnection") return;
  const { id, accessTokenSealed } = connection;
  const reader = await findReconnectionReader(ctx.db, athleteId);
  await inTransaction(ctx, async (tx) => {
    const set = {
      status: "needs-reconnection" as const,
      statusReason: "token-refused",
      accessTokenSealed: null,
    };
    await updateConnection(tx.db, { id, set });
    if (!reader?.email || !accessTokenSealed) return;
    const mail = { ...reader, email: reader.email, connectionId: id, accessTokenSealed };
    await mailReconnection({ ctx: tx, input: mail });
  });
}
