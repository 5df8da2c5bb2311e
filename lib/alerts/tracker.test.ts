import fc from "fast-check";
import { expect, test } from "vitest";
import type { Level } from "../readiness/types";
import { civilDateOf } from "../time/civil-date";
import { type AlertDay, episodesOf } from "./episodes";
import { type Mailed, morningNews } from "./morning";
import { type AlertRank, alertTracker } from "./tracker";

const RANK: Partial<Record<Level, AlertRank>> = { unexplained: 1, flag: 2, recovery: 3, steady: 0 };
const levels = fc.array(
  fc.constantFrom<Level>("steady", "steady", "flag", "recovery", "unexplained", "no-verdict"),
  {
    maxLength: 40,
  },
);

test("one pass over numbers tells the same mornings as sending each mail in turn", () => {
  fc.assert(
    fc.property(levels, (sequence) => {
      const days = sequence.map(
        (level, i): AlertDay => ({ date: civilDateOf(20_000 + i), level, mailable: (RANK[level] ?? 0) > 0 }),
      );
      const mailed: Mailed[] = [];
      const tracker = alertTracker();
      days.forEach((day, i) => {
        const news = morningNews({ date: day.date, athletes: [{ athleteId: "a", days, mailed }] });
        const sent = news.opened.length > 0 ? "opened" : news.escalated.length > 0 ? "escalated" : null;
        if (sent) mailed.push({ date: day.date, level: day.level });
        const rank = RANK[day.level];
        expect(rank === undefined ? null : tracker.step(20_000 + i, rank)).toBe(sent);
      });
      expect(tracker.episodes()).toBe(episodesOf(days).length);
    }),
    { numRuns: 500 },
  );
});
