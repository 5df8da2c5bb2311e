import type { Delivered, Notice, Notices } from "@/lib/wearables/connector";
import type { Outcome } from "@/lib/wearables/exchange";
import type { StreamId } from "@/lib/wearables/stream";
import { unexpected } from "./outcome";
import { STREAMS, WEBHOOK_EVENTS } from "./streams";

const ASKING = "asking for notices";

/** The streams whose transactions a notification is about. */
function streamsOfType(dataType: string): StreamId[] {
  return STREAMS.filter(({ family }) => family?.dataType === dataType).map(({ id }) => id);
}

function noticeOf(row: Record<string, unknown> | null): Notice[] {
  const [user, dataType] = [row?.["user-id"], row?.["data-type"]];
  if (typeof user !== "number" || typeof dataType !== "string") return [];
  return [{ accountId: String(user), streams: streamsOfType(dataType) }];
}

function readNotices(outcome: Outcome): Notice[] {
  if (outcome.kind === "empty") return [];
  if (outcome.kind !== "content") throw unexpected(outcome, ASKING);
  const list = (outcome.json as Record<string, unknown> | null)?.["available-user-data"];
  if (!Array.isArray(list)) throw unexpected(outcome, ASKING);
  return list.flatMap(noticeOf);
}

/** `GET /v3/notifications`: the documented list, or 204. */
export const notices: Notices = { target: "/v3/notifications", read: readNotices };

/** The streams that an event brings news of; Nightly Recharge and cardio load have none and follow others. */
export function streamsOfEvent(event: string): StreamId[] {
  return STREAMS.filter((stream) => stream.webhookEvents.some((known) => known === event)).map(
    (stream) => stream.id,
  );
}

function momentOf(timestamp: unknown): Date | null {
  const at = typeof timestamp === "string" ? new Date(timestamp) : null;
  return at && Number.isFinite(at.getTime()) ? at : null;
}

function deliveredOf(json: unknown): Delivered | "ping" | null {
  const { event, user_id: user, timestamp } = (json ?? {}) as Record<string, unknown>;
  if (typeof event !== "string") return null;
  if (event === "PING") return "ping";
  return {
    event: event.slice(0, 100),
    isKnown: (WEBHOOK_EVENTS as readonly string[]).includes(event),
    accountId: Number.isSafeInteger(user) ? String(user) : null,
    streams: streamsOfEvent(event),
    at: momentOf(timestamp),
  };
}

/** Reads a webhook delivery; Polar's PING comes before the signing secret is known. Null for what is no notice. */
export function readDelivery(body: Uint8Array): Delivered | "ping" | null {
  try {
    return deliveredOf(JSON.parse(Buffer.from(body).toString("utf8")));
  } catch {
    return null;
  }
}
