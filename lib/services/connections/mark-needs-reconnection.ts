import { refuseToken } from "@/db/queries/connections";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireJob } from "../access/require-job";
import { mailReconnection } from "./mail-reconnection";

/**
 * Polar answered 401: the token is dead and only the athlete can connect again, who is told so by mail once. Jobs only.
 * @returns false when the token is no longer the connection's, because access was ended or renewed meanwhile
 */
export async function markNeedsReconnection({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string; accessTokenSealed: string };
}): Promise<boolean> {
  requireJob(ctx);
  return inTransaction(ctx, async (tx) => {
    const refused = await refuseToken(tx.db, input);
    if (!refused) return false;
    await mailReconnection(tx, { ...input, connectionId: refused.id });
    return true;
  });
}
