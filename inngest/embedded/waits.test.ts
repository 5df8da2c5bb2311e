import { expect, it } from "vitest";
import { inngestBackoff, retryAfterMs } from "./backoff";
import { durationMs, sleepMs } from "./duration";

const now = Date.parse("2026-03-01T12:00:00Z");

it("waits longer after each failed attempt, as Inngest does, up to two hours", () => {
  const seconds = [15, 30, 60, 120, 300, 600, 1_200, 2_400, 3_600, 7_200, 7_200];
  for (const [attempt, least] of seconds.entries()) {
    const waitedS = inngestBackoff(attempt) / 1_000;
    expect(waitedS).toBeGreaterThanOrEqual(least);
    expect(waitedS).toBeLessThanOrEqual(least + 30);
  }
});

it("reads Retry-After as seconds or as a date", () => {
  expect(retryAfterMs("90", now)).toBe(90_000);
  expect(retryAfterMs("2026-03-01T12:05:00.000Z", now)).toBe(300_000);
  expect(retryAfterMs("Sun, 01 Mar 2026 12:01:00 GMT", now)).toBe(60_000);
  expect(retryAfterMs("2026-03-01T11:00:00.000Z", now)).toBe(0);
  expect(retryAfterMs("soon", now)).toBeUndefined();
  expect(retryAfterMs(null, now)).toBeUndefined();
});

it("reads the durations that the SDK writes", () => {
  expect(durationMs("2s")).toBe(2_000);
  expect(durationMs("1d2h3m4s")).toBe(93_784_000);
  expect(durationMs("2 s")).toBeUndefined();
});

it("sleeps for a duration or until an instant, never into the past", () => {
  expect(sleepMs("1m", now)).toBe(60_000);
  expect(sleepMs("2026-03-01T12:00:10.000Z", now)).toBe(10_000);
  expect(sleepMs("2026-03-01T11:00:00.000Z", now)).toBe(0);
  expect(sleepMs("tomorrow", now)).toBeUndefined();
});
