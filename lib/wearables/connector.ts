import type { CivilDate } from "@/lib/time/civil-date";
import type { Ask, Client, Outcome, RateBudget } from "./exchange";
import type { Parser } from "./normalised";
import type { ProviderId } from "./provider";
import type { Stream, StreamId } from "./stream";

/** The civil day an item belongs to; `now` for what holds at this moment and on no day; null when it says none. */
export type ItemDay = CivilDate | "now" | null;

/** What is kept as one payload. */
export type Item = {
  /** What the body is; chooses its reader. No two providers name one alike. */
  resource: string;
  /** The provider's own key of the item: an id or a civil date. */
  providerKey: string;
  /** Exactly as it was sent. */
  body: string;
  day: ItemDay;
};

export type Window = { from: CivilDate; to: CivilDate; isFirst: boolean };

/** One GET of a window of a stream. */
export type WindowRequest = {
  target: string;
  /**
   * Splits the answer into items; `more` is asked for next: a further page, or the days of a range that was no list.
   * @throws AppError `provider-failed` for whatever is not in its documented shape
   */
  read: (outcome: Outcome) => { items: readonly Item[]; more: readonly WindowRequest[] };
};

/** The whole transaction ended: the provider does not know it any more, or withdrew its kind. */
export type Ended = "gone" | "withdrawn";

/**
 * The transactions of one stream, step by step. Each step says what the answer means; whatever is not documented is
 * thrown as `provider-failed`, and nothing follows from it.
 */
export type Transactions = {
  /** What the items are. */
  resource: string;
  /** So many items at most are in one. */
  capacity: number;
  /** Longer than items are held for a transaction that nobody commits. */
  heldMs: number;
  /** So long items are offered again by the next transaction when one lapses. */
  offeredMs: number;
  open: (
    ask: Ask,
    accountId: string,
  ) => Promise<{ id: number | null; uri: string } | "nothing" | "withdrawn">;
  /** The addresses of its items. */
  list: (ask: Ask, uri: string) => Promise<readonly string[] | Ended>;
  keyOf: (itemUri: string) => string;
  item: (ask: Ask, itemUri: string) => Promise<Item | "gone">;
  commit: (ask: Ask, uri: string) => Promise<"committed" | Ended>;
};

/** An athlete's account at the provider, and what opens it. */
export type Access = { accountId: string; accessToken: string };

/** What a provider gave for one athlete; `expiresInS` is null where it told no lifetime. */
export type Grant = Access & { provider: ProviderId; expiresInS: number | null };

/**
 * `memberId`: what the provider knows the registration by. `waiting`: the quota is used up until `retryAt`; what the
 * athlete gave is kept and registered then.
 */
export type Registration =
  | { memberId: string; state: "registered" | "consent-missing" }
  | { memberId: string; state: "waiting"; retryAt: Date };

/** `connected`: the installation registered the account. `granted`: somebody signed in and may never have been. */
export type Standing = "connected" | "granted";

/** Word of a provider that an account has news. */
export type Notice = { accountId: string; streams: readonly StreamId[] };

/** One GET for the whole installation: whose transactions wait. */
export type Notices = {
  target: string;
  /** @throws AppError `provider-failed` for whatever is not in its documented shape */
  read: (outcome: Outcome) => readonly Notice[];
};

/** A webhook's delivery as it was read. `at`: when it happened; null where it says nothing readable. */
export type Delivered = {
  event: string;
  isKnown: boolean;
  accountId: string | null;
  streams: readonly StreamId[];
  at: Date | null;
};

export type RegisteredWebhook = { id: string; url: string; events: string[]; active: boolean };

/** How a provider calls the installation, and how it is told where. */
export type Webhook = {
  events: readonly string[];
  /** The header that carries the signature. */
  signatureHeader: string;
  /** `ping`: a test of the address that needs no signature. Null for what is no delivery. */
  read: (body: Uint8Array) => Delivered | "ping" | null;
  isSignedBy: (input: { body: Uint8Array; signature: string | null; secret: string }) => boolean;
  /** The installation's webhook, of which there is at most one. */
  find: (client: Client) => Promise<RegisteredWebhook | null>;
  /** @throws AppError `provider-failed` when the provider cannot reach `url` */
  create: (client: Client, url: string) => Promise<RegisteredWebhook & { secret: string }>;
  /** Asks for all events. */
  renew: (client: Client, id: string) => Promise<void>;
  activate: (client: Client) => Promise<void>;
  remove: (client: Client, id: string) => Promise<void>;
};

type Log = { info: (facts: object, message: string) => void };

/**
 * A provider behind the seam: everything that services know of it. What a provider does not have it leaves out: one
 * without transactions, registration or webhook consists of its streams, its requests and its reader.
 */
export type Connector = {
  id: ProviderId;
  /** Its proper name, the same in every language. */
  name: string;
  /** Where athletes see and give what it asks of them, as an address without its scheme. */
  accountPage: string;
  /** In the order of syncing: what readiness needs first comes first. What it does not list is not fetched. */
  streams: readonly Stream[];
  /** What an athlete's first sync costs at most, in requests. */
  firstSyncRequests: number;
  client: (of: { budget: RateBudget; clock: () => Date; log: Log }) => Client;
  /** The requests that cover a window of a stream, what is newest first. */
  requests: (streamId: StreamId, window: Window) => readonly WindowRequest[];
  /** By stream: those whose delivery is `transaction`. */
  transactions?: Readonly<Record<StreamId, Transactions>>;
  parser: Parser;
  /** The day of a payload that is stored. */
  dayOf: (payload: Omit<Item, "day">) => ItemDay;
  /** Makes the account one of the installation's; mandatory before any data where there is such a step. */
  register?: (client: Client, access: Access) => Promise<Registration>;
  /** Ends what the athlete granted. @returns false when the provider has to be asked again */
  endAccess?: (client: Client, access: Access, standing: Standing) => Promise<boolean>;
  notices?: Notices;
  webhook?: Webhook;
};

/** The registry. The first is the one that an invitation offers. */
export type Providers = readonly [Connector, ...Connector[]];

/** The provider of that name, if there is one. */
export function findConnector(providers: Providers, id: ProviderId): Connector | undefined {
  return providers.find((connector) => connector.id === id);
}

/** The provider that a stored row names. @throws Error where its folder is gone */
export function connectorOf(providers: Providers, id: ProviderId): Connector {
  const connector = findConnector(providers, id);
  if (!connector) throw new Error(`There is no provider ${id}`);
  return connector;
}

/** The provider whose table lists a stream. */
export function connectorOfStream(providers: Providers, streamId: StreamId): Connector | undefined {
  return providers.find(({ streams }) => streams.some((stream) => stream.id === streamId));
}

/** The provider that a consent is about: the one whose streams it names. */
export function connectorOfConsent(
  providers: Providers,
  { streams }: { streams: readonly string[] },
): Connector {
  return streams.map((id) => connectorOfStream(providers, id)).find((found) => found) ?? providers[0];
}

/** The streams of all providers, each provider's in its order. */
export function allStreams(providers: Providers): readonly Stream[] {
  return providers.flatMap(({ streams }) => streams);
}
