/** How an athlete's connection to a provider stands. Every one but `revoked` is alive. */
export const CONNECTION_STATUSES = [
  "active",
  "registering",
  "needs-reconnection",
  "consent-missing",
  "revoked",
] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** How a stream's items come: in transactions of the provider, or in windows that are kept on our side. */
export const DELIVERIES = ["transaction", "window"] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** The life of a transaction or window. */
export const TRANSACTION_STATES = ["open", "stored", "committed", "abandoned"] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];

/** Those of a transaction that is taken up again before another is opened. */
export const UNFINISHED_STATES = ["open", "stored"] as const satisfies readonly TransactionState[];

/** What became of one item of a transaction; `declined`: from before the day the athlete shares from; read, but not kept. */
export const ITEM_STATES = ["offered", "stored", "declined", "given-up"] as const;

/** The windows in which a provider counts requests. */
export const RATE_WINDOWS = ["15-minutes", "24-hours"] as const;
