import { createHash } from "node:crypto";
import { accountColumns } from "@/db/queries/connections";
import { markStreamsDue } from "@/db/queries/stream-states";
import { listConnectionsOfAccounts } from "@/db/queries/sync-due";
import { findWebhook, insertDelivery, updateWebhook } from "@/db/queries/webhooks";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { recordEvents } from "@/lib/services/events/outbox";
import { type Delivered, findConnector } from "@/lib/wearables/connector";
import type { ProviderId } from "@/lib/wearables/provider";
import { unsealSecret } from "./manage";

type Delivery = { provider: ProviderId; body: Uint8Array; signature: string | null };

async function wake(ctx: Context, provider: ProviderId, notice: Delivered): Promise<void> {
  const { accountId, streams, at } = notice;
  if (accountId === null || streams.length === 0) return;
  for (const { athleteId } of await listConnectionsOfAccounts(ctx.db, {
    provider,
    accountIds: [accountId],
  })) {
    const newsAt = at && at < ctx.now ? at : ctx.now;
    await markStreamsDue(ctx.db, { athleteId, provider, streams, dueAt: ctx.now, newsAt });
    await recordEvents(ctx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "webhook" } }]);
  }
}

async function keep(ctx: Context, { provider, body }: Delivery, notice: Delivered): Promise<boolean> {
  const { event, isKnown: known, accountId } = notice;
  return insertDelivery(ctx.db, {
    provider,
    sha256: createHash("sha256").update(body).digest("hex"),
    event,
    ...(accountId === null ? {} : accountColumns({ provider, accountId })),
    body: Buffer.from(body).toString("utf8").replaceAll("\u0000", "\ufffd"),
    known,
    receivedAt: ctx.now,
  });
}

/**
 * Takes one webhook delivery: checks its signature over the raw bytes, keeps it, makes the event's streams due and
 * asks for a sync. Replays change nothing, unknown events are kept, the provider is not called. Anybody may call it.
 * @returns the HTTP status to answer: 200, 400 for what is no notice, 401 for a wrong signature. A ping comes before the
 * secret is known and is answered 200 unsigned.
 */
export async function receiveDelivery({
  ctx,
  input,
}: {
  ctx: Context;
  input: Delivery;
}): Promise<200 | 400 | 401> {
  const { provider, body, signature } = input;
  const caller = findConnector(ctx.providers, provider)?.webhook;
  if (!caller) return 401;
  const notice = caller.read(body);
  if (notice === "ping") return 200;
  const webhook = await findWebhook(ctx.db, provider);
  if (!webhook || !caller.isSignedBy({ body, signature, secret: unsealSecret(webhook.secretSealed) }))
    return 401;
  if (!notice) return 400;
  await inTransaction(ctx, async (tx) => {
    await updateWebhook(tx.db, { provider, id: webhook.id, set: { lastDeliveryAt: ctx.now, active: true } });
    if (await keep(tx, input, notice)) await wake(tx, provider, notice);
  });
  return 200;
}
