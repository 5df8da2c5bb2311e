import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { histories, settledHistories } from "../../tests/support/readiness/histories";
import { literalScore } from "../../tests/support/readiness/literal-method";
import { addDays } from "../time/civil-date";
import { inputHashes } from "./input-hash";
import { parseReadinessInput } from "./input-schema";
import { qualityAt } from "./quality";
import { scoreDays, scoreSeries } from "./score";
import type { BaselineMethod, DayInput, Preset, ReadinessSettings, ScoredDay } from "./types";

// Many histories each: generous where a machine is busy.
vi.setConfig({ testTimeout: 60_000 });

const BRIEF: ReadinessSettings = { baselineDays: 60, preset: "brief" };
const settings = fc.record({
  baselineDays: fc.integer({ min: 60, max: 90 }),
  preset: fc.constantFrom<Preset>("brief", "balanced", "quiet"),
  baselineMethod: fc.constantFrom<BaselineMethod>("mean-sd", "mean-sd", "median-mad"),
  loadRisePercent: fc.constantFrom(0, 5, 7, 15, 50),
  drift: fc.constantFrom(true, true, true, false),
});
const dates = fc.integer({ min: -20, max: 280 }).map((day) => addDays("2026-01-01", day));
const referenceFrom = fc.oneof(fc.constant(null), dates, fc.array(dates, { maxLength: 3 }));
const history = histories(260);
const anyHistory = fc.oneof(history, settledHistories(240));
const RUNS = { numRuns: 60 };

const GRADE_RANK = { none: 0, provisional: 1, firm: 2 } as const;
const QUALITY_RANK = { C: 0, B: 1, A: 2 } as const;

function near(actual: number | null, expected: number | null): void {
  // Asked some hundred thousand times: `expect` is called only to tell what is wrong.
  if (actual === expected) return;
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else if (!(Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected))))
    expect(actual).toBe(expected);
}

function expectAsRead(day: ScoredDay, expected: ReturnType<typeof literalScore>[number]): void {
  near(day.x, expected.x);
  near(day.baseline.mean, expected.mean);
  near(day.baseline.sd, expected.sd);
  near(day.z, expected.z);
  near(day.mean7, expected.mean7);
  near(day.mean28, expected.mean28);
  near(day.mean14, expected.mean14);
  near(day.reference.mean, expected.reference.mean);
  near(day.reference.sd, expected.reference.sd);
  near(day.trend7.slopePerDay, expected.slope);
  near(day.load.changePercent, expected.changePercent);
  near(day.sd7Percent, expected.sd7Percent);
  near(day.companion.heartRate.mean, expected.companion.heartRate.mean);
  near(day.companion.heartRate.sd, expected.companion.heartRate.sd);
  near(day.companion.zHr, expected.companion.zHr);
  expect([
    day.suspect,
    day.baseline.n,
    day.reference.n,
    day.companion.heartRate.n,
    day.companion.pattern,
    day.rules,
    day.reason,
    day.levels,
  ]).toEqual([
    expected.suspect,
    expected.n,
    expected.reference.n,
    expected.companion.heartRate.n,
    expected.companion.pattern,
    expected.rules,
    expected.reason,
    expected.levels,
  ]);
}

describe("scoring", () => {
  test("equals the method read literally, day by day", () => {
    fc.assert(
      fc.property(anyHistory, settings, referenceFrom, (days, chosen, from) => {
        const input = { settings: { ...chosen, referenceFrom: from }, days };
        const literal = literalScore(input);
        const scored = scoreDays(parseReadinessInput(input));
        expect(scored.length).toBe(literal.length);
        for (const [i, day] of scored.entries()) expectAsRead(day, literal[i]!);
      }),
      RUNS,
    );
  });

  test("does not depend on the order in which days arrive", () => {
    fc.assert(
      fc.property(history, fc.integer(), (days, salt) => {
        const shuffled = days.toSorted((a, b) => hashOf(a.date, salt) - hashOf(b.date, salt));
        expect(scoreDays({ settings: BRIEF, days: shuffled })).toEqual(scoreDays({ settings: BRIEF, days }));
      }),
      RUNS,
    );
  });

  test("a later day never changes an earlier one, so scoring day by day equals scoring everything", () => {
    fc.assert(
      fc.property(history, fc.double({ min: 0, max: 1, noNaN: true }), (days, share) => {
        const all = scoreDays({ settings: BRIEF, days });
        const part = days.slice(0, 1 + Math.floor(share * (days.length - 1)));
        const early = scoreDays({ settings: BRIEF, days: part });
        expect(early).toEqual(all.slice(0, early.length));
        const hashes = inputHashes(scoreSeries({ settings: BRIEF, days }));
        expect(inputHashes(scoreSeries({ settings: BRIEF, days: part }))).toEqual(
          hashes.slice(0, early.length),
        );
      }),
      RUNS,
    );
  });

  test("taking a reading or a load away never raises confidence", () => {
    fc.assert(
      fc.property(steadyHistory(), fc.nat(), fc.boolean(), (days, pick, takeLoad) => {
        const missing = days.map((day, i) => {
          if (i !== pick % days.length) return day;
          return takeLoad ? { ...day, load: null } : { ...day, rmssdMs: null };
        });
        const before = scoreSeries({ settings: BRIEF, days });
        const after = scoreSeries({ settings: BRIEF, days: missing });
        const daysBefore = scoreDays({ settings: BRIEF, days });
        scoreDays({ settings: BRIEF, days: missing }).forEach((day, i) => {
          expect(GRADE_RANK[day.baseline.grade]).toBeLessThanOrEqual(
            GRADE_RANK[daysBefore[i]!.baseline.grade],
          );
          expect(rankOf(qualityAt(after, i).grade)).toBeLessThanOrEqual(rankOf(qualityAt(before, i).grade));
          if (daysBefore[i]!.level === "no-verdict") expect(day.level).toBe("no-verdict");
        });
      }),
      RUNS,
    );
  });

  test("scaling every reading leaves z and the levels as they were while all stay in range", () => {
    fc.assert(
      fc.property(steadyHistory(), fc.double({ min: 0.4, max: 1.8, noNaN: true }), (days, factor) => {
        const scaled = days.map((day) => ({
          ...day,
          rmssdMs: day.rmssdMs === null ? null : day.rmssdMs * factor,
        }));
        const plain = scoreDays({ settings: BRIEF, days });
        scoreDays({ settings: BRIEF, days: scaled }).forEach((day, i) => {
          near(day.z, plain[i]!.z);
          expect([day.level, day.levels]).toEqual([plain[i]!.level, plain[i]!.levels]);
        });
      }),
      RUNS,
    );
  });

  test("every day has exactly one level, the first of those that held", () => {
    fc.assert(
      fc.property(history, settings, (days, chosen) => {
        for (const day of scoreDays({ settings: chosen, days })) expect(isConsistent(day)).toBe(true);
      }),
      RUNS,
    );
  });
});

function isConsistent(day: ScoredDay): boolean {
  return (
    day.level === day.levels[0] &&
    new Set(day.levels).size === day.levels.length &&
    (day.level === "no-verdict") === (day.reason !== null)
  );
}

/** Histories whose readings stay far inside the valid range and near each other, so that no value becomes suspect. */
function steadyHistory(): fc.Arbitrary<DayInput[]> {
  const day = fc.tuple(fc.double({ min: 45, max: 75, noNaN: true }), fc.integer({ min: 0, max: 300 }));
  return fc
    .array(day, { minLength: 1, maxLength: 120, size: "max" })
    .map((days) => days.map(([rmssdMs, load], i) => ({ date: addDays("2026-01-01", i), rmssdMs, load })));
}

function rankOf(grade: keyof typeof QUALITY_RANK): number {
  return QUALITY_RANK[grade];
}

function hashOf(date: string, salt: number): number {
  return [...date].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), salt);
}
