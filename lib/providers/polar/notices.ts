import type { Delivered, Notice, Notices } from "@/lib/wearables/connector";
import type { Outcome } from "@/lib/wearables/exchange";
import { storable } from "@/lib/wearables/storable";
import type { StreamId } from "@/lib/wearables/stream";
import { unexpected } from "./outcome";
import { readTime, utcMs } from "./schemas/time";
import { STREAMS, WEBHOOK_EVENTS } from "./streams";

const ASKING = "asking for notices";

/** The streams whose transactions a notification is about. */
function streamsOfType(dataType: string): StreamId[] {
  return STREAMS.filter(({ family }) => family?.dataType === dataType).map(({ id }) => id);
}

/** Whose news it is, and of what; undefined for what does not say so. A type that is not known here is of no stream. */
function noticeOf(row: Record<string, unknown> | null): Notice | undefined {
  const [user, dataType] = [row?.["user-id"], row?.["data-type"]];
  if (!Number.isSafeInteger(user) || typeof dataType !== "string") return undefined;
  return { accountId: String(user), streams: streamsOfType(dataType) };
}

function readNotices(outcome: Outcome): Notice[] {
  if (outcome.kind === "empty") return [];
  if (outcome.kind !== "content") throw unexpected(outcome, ASKING);
  const list = (outcome.json as Record<string, unknown> | null)?.["available-user-data"];
  if (!Array.isArray(list)) throw unexpected(outcome, ASKING);
  // One that is passed over would be an athlete of whom there is no news.
  return list.map((row) => {
    const notice = noticeOf(row);
    if (!notice) throw unexpected(outcome, ASKING);
    return notice;
  });
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
  const time = typeof timestamp === "string" ? readTime(timestamp) : null;
  return time && new Date(utcMs(time));
}

function deliveredOf(json: unknown): Delivered | "ping" | null {
  const { event, user_id: user, timestamp } = (json ?? {}) as Record<string, unknown>;
  if (typeof event !== "string") return null;
  if (event === "PING") return "ping";
  return {
    event: storable(event.slice(0, 100)),
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
