import fc from "fast-check";
import { expect, test } from "vitest";
import { requestsLeft, whenSpent } from "./budget";

const now = new Date("2026-05-20T09:00:00Z");

const minutes = (n: number) => new Date(now.getTime() + n * 60_000);

function windowOf(window: "15-minutes" | "24-hours", used: number, limit: number, resetsAt: Date) {
  return { window, used, limit, resetsAt, updatedAt: now };
}

const club = [
  windowOf("15-minutes", 350, 1500, minutes(10)),
  windowOf("24-hours", 2000, 10_000, minutes(600)),
];

test("what fits into the window under way is done within it", () => {
  expect(requestsLeft(club, now)).toBe(1000);
  expect(whenSpent({ requests: 600, budget: club, now })).toEqual(minutes(1));
});

test("what does not fit goes on after each reset", () => {
  expect(whenSpent({ requests: 1000 + 1350 + 600, budget: club, now })).toEqual(minutes(10 + 15 + 1));
});

test("a day that is used up is waited for", () => {
  const late = [
    windowOf("15-minutes", 0, 1500, minutes(-1)),
    windowOf("24-hours", 9000, 10_000, minutes(600)),
  ];
  expect(requestsLeft(late, now)).toBe(0);
  expect(whenSpent({ requests: 600, budget: late, now })).toEqual(minutes(601));
});

test("before Polar has told a quota there is none to wait for", () => {
  expect(requestsLeft([], now)).toBe(Number.POSITIVE_INFINITY);
  expect(whenSpent({ requests: 600, budget: [], now })).toEqual(minutes(1));
});

test("more requests are never done earlier", () => {
  const amount = fc.integer({ min: 0, max: 40_000 });
  fc.assert(
    fc.property(amount, amount, (some, more) => {
      const first = whenSpent({ requests: some, budget: club, now });
      const all = whenSpent({ requests: some + more, budget: club, now });
      expect(all.getTime()).toBeGreaterThanOrEqual(first.getTime());
    }),
  );
});
