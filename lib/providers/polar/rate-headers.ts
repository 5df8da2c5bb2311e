/** One quota window as Polar's headers tell it: requests used, allowed, and seconds until it starts anew. */
export type QuotaWindow = { used: number; limit: number; resetsInS: number };

export type Quota = { short: QuotaWindow; long: QuotaWindow };

/** What the client asks before each request and tells after it; the store behind it is shared by all workers. */
export type RateBudget = {
  admit: () => Promise<{ retryAt: Date } | null>;
  observe: (quota: Quota) => Promise<void>;
};

function pair(header: string | null): [number, number] | null {
  const numbers = (header ?? "").split(",").map((part) => Number.parseInt(part.trim(), 10));
  const [short, long] = numbers;
  if (short === undefined || long === undefined) return null;
  return Number.isFinite(short) && Number.isFinite(long) ? [short, long] : null;
}

/**
 * Reads `RateLimit-Usage`, `RateLimit-Limit` and `RateLimit-Reset`: each holds the 15-minute and the 24-hour
 * number, usage counts up (www.polar.com/accesslink-api, "Rate limits"). Null when a header is missing.
 */
export function quotaOf(headers: Headers): Quota | null {
  const used = pair(headers.get("ratelimit-usage"));
  const limit = pair(headers.get("ratelimit-limit"));
  const reset = pair(headers.get("ratelimit-reset"));
  if (!used || !limit || !reset) return null;
  return {
    short: { used: used[0], limit: limit[0], resetsInS: reset[0] },
    long: { used: used[1], limit: limit[1], resetsInS: reset[1] },
  };
}

/** When to ask again after a 429: the reset of the window that is used up, or one minute when Polar names none. */
export function resetAfter429(headers: Headers, now: Date): Date {
  const quota = quotaOf(headers);
  if (!quota) return new Date(now.getTime() + retryAfterS(headers) * 1000);
  const dayIsUsedUp = quota.long.used >= quota.long.limit;
  const waitS = dayIsUsedUp ? quota.long.resetsInS : quota.short.resetsInS;
  return new Date(now.getTime() + Math.max(1, waitS) * 1000);
}

function retryAfterS(headers: Headers): number {
  const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 60;
}
