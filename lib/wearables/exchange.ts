export type Method = "GET" | "POST" | "PUT" | "DELETE" | "PATCH";

export type Request = {
  method: Method;
  /** A path below the provider's origin, or an address from one of its answers. */
  target: string;
  /** What opens the athlete's account; without it the request carries the installation's own credentials. */
  accessToken?: string;
  json?: unknown;
};

/**
 * What a provider answered. Refusals that stop the whole stream are thrown instead, as `AppError` with a code
 * `provider-…`. Only `empty`, and `missing` where the provider documents it, say that there is nothing; every other
 * answer without the documented content is one that was not understood, and nothing that cannot be undone may follow
 * from it.
 */
export type Outcome =
  | { kind: "content"; status: number; text: string; json: unknown }
  /** 204. */
  | { kind: "empty"; status: 204 }
  /** A success without a body where one is documented for reading; it may be the documented answer to a commit. */
  | { kind: "bodiless"; status: number }
  /** 404: no such thing, or no data for the date asked. */
  | { kind: "missing" }
  /** A success whose body looks like JSON and is not. */
  | { kind: "malformed"; status: number; text: string }
  /** A success that the provider documents for no such request, e.g. 202 or 206, whatever its body holds. */
  | { kind: "undocumented"; status: number }
  /** Any other 4xx, e.g. 400, 405, 409, 410. */
  | { kind: "refused"; status: number; text: string };

/** Sends one request. */
export type Client = (request: Request) => Promise<Outcome>;

/** Sends one request with an athlete's access. */
export type Ask = (method: Method, target: string) => Promise<Outcome>;

/** One quota window as a provider tells it: requests used, allowed, and seconds until it starts anew. */
export type QuotaWindow = { used: number; limit: number; resetsInS: number };

export type Quota = { short: QuotaWindow; long: QuotaWindow };

/** What a client asks before each request and tells after it; the store behind it is shared by all workers. */
export type RateBudget = {
  admit: () => Promise<{ retryAt: Date } | null>;
  observe: (quota: Quota) => Promise<void>;
};
