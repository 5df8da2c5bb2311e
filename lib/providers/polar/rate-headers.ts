import type { Quota, QuotaWindow } from "@/lib/wearables/exchange";

const WINDOWS_S = { short: 15 * 60, long: 24 * 60 * 60 } as const;

/** More than any quota; a number beyond it is a slip of whoever sent it. */
const MOST_REQUESTS = 1_000_000_000;

function pair(header: string | null): [number, number] | null {
  const parts = /^\s*(\d+)\s*,\s*(\d+)\s*(,|$)/.exec(header ?? "");
  return parts && [Number(parts[1]), Number(parts[2])];
}

/** A window never lasts longer than it is: whoever believed a reset in years would not ask for years. */
function windowOf(used: number, limit: number, resetS: number, lengthS: number): QuotaWindow | null {
  if (used > MOST_REQUESTS || limit > MOST_REQUESTS || limit < 1) return null;
  return { used, limit, resetsInS: Math.min(resetS, lengthS) };
}

/**
 * Reads `RateLimit-Usage`, `RateLimit-Limit` and `RateLimit-Reset`: each holds the 15-minute and the 24-hour
 * number, usage counts up (www.polar.com/accesslink-api, "Rate limits"). Null when a header is missing or holds what
 * no quota can be.
 */
export function quotaOf(headers: Headers): Quota | null {
  const used = pair(headers.get("ratelimit-usage"));
  const limit = pair(headers.get("ratelimit-limit"));
  const reset = pair(headers.get("ratelimit-reset"));
  if (!used || !limit || !reset) return null;
  const short = windowOf(used[0], limit[0], reset[0], WINDOWS_S.short);
  const long = windowOf(used[1], limit[1], reset[1], WINDOWS_S.long);
  return short && long && { short, long };
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
  return seconds > 0 ? Math.min(seconds, WINDOWS_S.long) : 60;
}
