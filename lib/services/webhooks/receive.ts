import { createHash } from "node:crypto";
import { markStreamsDue } from "@/db/queries/stream-states";
import { listConnectionsByPolarUser } from "@/db/queries/sync-due";
import { findWebhook, insertDelivery, updateWebhook } from "@/db/queries/webhooks";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { WEBHOOK_EVENTS } from "@/lib/providers/polar/streams";
import { streamsOfEvent } from "@/lib/providers/polar/webhook-events";
import { isSignedBy } from "@/lib/providers/polar/webhook-signature";
import { recordEvents } from "@/lib/services/events/outbox";
import { unsealSecret } from "./manage";

type Delivery = { body: Uint8Array; signature: string | null };

/** `at`: when Polar says that it happened; null where it says nothing readable. */
type Notice = { event: string; polarUserId: number | null; at: Date | null };

function momentOf(timestamp: unknown): Date | null {
  const at = typeof timestamp === "string" ? new Date(timestamp) : null;
  return at && Number.isFinite(at.getTime()) ? at : null;
}

function noticeIn(body: Uint8Array): Notice | null {
  try {
    const json: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    const { event, user_id: user, timestamp } = (json ?? {}) as Record<string, unknown>;
    if (typeof event !== "string") return null;
    const polarUserId = Number.isSafeInteger(user) ? (user as number) : null;
    return { event: event.slice(0, 100), polarUserId, at: momentOf(timestamp) };
  } catch {
    return null;
  }
}

async function wake(ctx: Context, notice: Notice): Promise<void> {
  const streams = streamsOfEvent(notice.event);
  if (notice.polarUserId === null || streams.length === 0) return;
  for (const { athleteId } of await listConnectionsByPolarUser(ctx.db, [notice.polarUserId])) {
    const newsAt = notice.at && notice.at < ctx.now ? notice.at : ctx.now;
    await markStreamsDue(ctx.db, { athleteId, streams, dueAt: ctx.now, newsAt });
    await recordEvents(ctx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "webhook" } }]);
  }
}

async function keep(ctx: Context, body: Uint8Array, notice: Notice): Promise<boolean> {
  return insertDelivery(ctx.db, {
    sha256: createHash("sha256").update(body).digest("hex"),
    event: notice.event,
    polarUserId: notice.polarUserId,
    body: Buffer.from(body).toString("utf8").replaceAll("\u0000", "\ufffd"),
    known: (WEBHOOK_EVENTS as readonly string[]).includes(notice.event),
    receivedAt: ctx.now,
  });
}

/**
 * Takes one webhook delivery: checks its signature over the raw bytes, keeps it, makes the event's streams due and
 * asks for a sync. Replays change nothing, unknown events are kept, Polar is not called. Anybody may call it.
 * @returns the HTTP status to answer: 200, 400 for what is no notice, 401 for a wrong signature. Polar's PING comes
 * before the secret is known and is answered 200 unsigned.
 */
export async function receiveDelivery({
  ctx,
  input,
}: {
  ctx: Context;
  input: Delivery;
}): Promise<200 | 400 | 401> {
  const { body, signature } = input;
  const notice = noticeIn(body);
  if (notice?.event === "PING") return 200;
  const webhook = await findWebhook(ctx.db);
  if (!webhook || !isSignedBy({ body, signature, secret: unsealSecret(webhook.secretSealed) })) return 401;
  if (!notice) return 400;
  await inTransaction(ctx, async (tx) => {
    await updateWebhook(tx.db, { id: webhook.id, set: { lastDeliveryAt: ctx.now, active: true } });
    if (await keep(tx, body, notice)) await wake(tx, notice);
  });
  return 200;
}
