const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Inngest's own waits before the 1st, 2nd … retry (pkg/backoff of inngest/inngest), each with up to 30 s more at random. */
const waitsMs = [
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  40 * minute,
  hour,
  2 * hour,
];
const jitterMs = 30 * second;

/** Milliseconds to wait after the given failed attempt (0 is the first). */
export type Backoff = (attempt: number) => number;

export const inngestBackoff: Backoff = (attempt) =>
  (waitsMs[Math.min(attempt, waitsMs.length - 1)] ?? 0) + Math.random() * jitterMs;

/** Milliseconds that a `Retry-After` header asks for: whole seconds or a date; undefined without a usable one. */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header)) return Number(header) * second;
  const instant = Date.parse(header);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - now);
}
