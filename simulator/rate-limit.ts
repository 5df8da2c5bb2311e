import type { Clock } from "./clock";

export type Limits = { per15Minutes: number; perDay: number };
type Window = { startedAt: number; count: number };

const shortMs = 15 * 60_000;
const longMs = 24 * 3_600_000;

/** Polar's formula by the number of registered users. */
export function limitsFor(registeredUsers: number): Limits {
  return { per15Minutes: 500 + 20 * registeredUsers, perDay: 5000 + 100 * registeredUsers };
}

export type RateResult = { allowed: boolean; headers: Record<string, string> };

/** Two windows per client, each starting at its first request; a rejected request counts in the long one. */
export function createRateLimiter(clock: Clock) {
  const windows = new Map<string, { short: Window; long: Window }>();

  function windowsOf(clientId: string, now: number) {
    const known = windows.get(clientId);
    const fresh = (window: Window | undefined, lengthMs: number): Window =>
      !window || now - window.startedAt >= lengthMs || now < window.startedAt
        ? { startedAt: now, count: 0 }
        : window;
    const current = { short: fresh(known?.short, shortMs), long: fresh(known?.long, longMs) };
    windows.set(clientId, current);
    return current;
  }

  return {
    /** Count one request and say whether it may pass. */
    take(clientId: string, limits: Limits): RateResult {
      const now = clock.now();
      const { short, long } = windowsOf(clientId, now);
      long.count += 1;
      const allowed = short.count < limits.per15Minutes && long.count <= limits.perDay;
      if (allowed) short.count += 1;
      const left = (window: Window, lengthMs: number) =>
        Math.max(0, Math.ceil((window.startedAt + lengthMs - now) / 1000));
      return {
        allowed,
        headers: {
          "RateLimit-Usage": `${short.count}, ${long.count}`,
          "RateLimit-Limit": `${limits.per15Minutes}, ${limits.perDay}`,
          "RateLimit-Reset": `${left(short, shortMs)}, ${left(long, longMs)}`,
        },
      };
    },
    reset: () => windows.clear(),
  };
}

export type RateLimiter = ReturnType<typeof createRateLimiter>;
