import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { histories } from "../../tests/support/readiness/histories";
import { addDays } from "../time/civil-date";
import { contextAt } from "./context";
import { evidenceAt } from "./evidence";
import { inputHashes } from "./input-hash";
import { scoreDays, scoreSeries } from "./score";
import { travelDays } from "./travel";
import type { DayInput, ReadinessSettings } from "./types";

vi.setConfig({ testTimeout: 60_000 });

const USUAL: ReadinessSettings = { baselineDays: 60, preset: "brief" };
const ROBUST: ReadinessSettings = { ...USUAL, baselineMethod: "median-mad" };
const RUNS = { numRuns: 40 };

const contextsOf = (days: DayInput[], settings = USUAL) => {
  const series = scoreSeries({ settings, days });
  return Array.from({ length: series.columns.length }, (_, t) => contextAt(series, t));
};

function plainMedian(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Readings far inside the valid range and near each other, with holes. */
const steady = fc
  .array(fc.option(fc.double({ min: 45, max: 75, noNaN: true }), { freq: 8 }), {
    minLength: 1,
    maxLength: 130,
    size: "max",
  })
  .map((readings) =>
    readings.map((rmssdMs, i): DayInput => ({ date: addDays("2026-01-01", i), rmssdMs, load: 100 })),
  );

describe("the context of a day", () => {
  test("never depends on a later day", () => {
    fc.assert(
      fc.property(histories(160), fc.double({ min: 0, max: 1, noNaN: true }), (days, share) => {
        const part = days.slice(0, 1 + Math.floor(share * (days.length - 1)));
        const early = contextsOf(part);
        expect(early).toEqual(contextsOf(days).slice(0, early.length));
      }),
      RUNS,
    );
  });

  test("drift and robust check are what their formulas say of the plain values", () => {
    fc.assert(
      fc.property(steady, (days) => {
        const scored = scoreDays({ settings: USUAL, days });
        const context = contextsOf(days).at(-1)!;
        const window = scored.slice(-61, -1).map(({ x }, i) => ({ x, i }));
        const points = window.filter((point): point is { x: number; i: number } => point.x !== null);
        if (points.length < 14) expect(context.robust).toBeNull();
        else {
          const centre = plainMedian(points.map(({ x }) => x));
          expect(context.robust?.centre).toBeCloseTo(centre, 12);
          const mad = plainMedian(points.map(({ x }) => Math.abs(x - centre)));
          expect(context.robust?.spread).toBeCloseTo(1.4826 * mad, 12);
        }
        if (points.length < 30) expect(context.drift).toMatchObject({ slopePerDay: null, drifting: false });
        else {
          const n = points.length;
          const [meanI, meanX] = [
            points.reduce((s, p) => s + p.i, 0) / n,
            points.reduce((s, p) => s + p.x, 0) / n,
          ];
          const slope =
            points.reduce((s, p) => s + (p.i - meanI) * (p.x - meanX), 0) /
            points.reduce((s, p) => s + (p.i - meanI) ** 2, 0);
          expect(context.drift.slopePerDay).toBeCloseTo(slope, 12);
        }
      }),
      RUNS,
    );
  });

  test("scaling every reading leaves drift and robust z as they were", () => {
    fc.assert(
      fc.property(steady, fc.double({ min: 0.4, max: 1.8, noNaN: true }), (days, factor) => {
        const scaled = days.map((day) => ({ ...day, rmssdMs: day.rmssdMs && day.rmssdMs * factor }));
        const [before, after] = [contextsOf(days), contextsOf(scaled)];
        before.forEach((context, t) => {
          expect(after[t]!.drift.changeSd ?? 0).toBeCloseTo(context.drift.changeSd ?? 0, 6);
          expect(after[t]!.robust?.z ?? 0).toBeCloseTo(context.robust?.z ?? 0, 6);
        });
      }),
      RUNS,
    );
  });

  test("a label of travel changes no level, and the stored day all the same", () => {
    fc.assert(
      fc.property(steady, fc.nat(), (days, pick) => {
        const labelled = days.map((day, i) => (i === pick % days.length ? { ...day, travel: true } : day));
        expect(scoreDays({ settings: USUAL, days: labelled })).toEqual(scoreDays({ settings: USUAL, days }));
        const at = pick % days.length;
        expect(contextsOf(labelled)[at]!.travel).toBe(true);
        const hashes = (input: DayInput[]) => inputHashes(scoreSeries({ settings: USUAL, days: input }));
        expect(hashes(labelled)[at]).not.toBe(hashes(days)[at]);
      }),
      RUNS,
    );
  });
});

describe("a baseline of median and MAD", () => {
  test("is not what a squad has unless it says so", () => {
    fc.assert(
      fc.property(histories(120), (days) => {
        const said = scoreDays({ settings: { ...USUAL, baselineMethod: "mean-sd" }, days });
        expect(said).toEqual(scoreDays({ settings: USUAL, days }));
      }),
      RUNS,
    );
  });

  test("judges by the robust z, from as many nights, and then its cross-check agrees", () => {
    fc.assert(
      fc.property(steady, (days) => {
        const [usual, robust] = [USUAL, ROBUST].map((settings) => scoreDays({ settings, days }));
        const contexts = contextsOf(days, ROBUST);
        robust!.forEach((day, t) => {
          expect(day.baseline.n).toBe(usual![t]!.baseline.n);
          expect(day.baseline.mean).toBe(contexts[t]!.robust?.centre ?? null);
          expect(contexts[t]!.robust?.disagrees ?? false).toBe(false);
        });
      }),
      RUNS,
    );
  });

  test("says in the evidence what it was", () => {
    const days: DayInput[] = [{ date: "2026-01-01", rmssdMs: 60, load: 0 }];
    const methodOf = (settings: ReadinessSettings) =>
      evidenceAt(scoreSeries({ settings, days }), 0).baselineMethod;
    expect([USUAL, ROBUST].map(methodOf)).toEqual(["mean-sd", "median-mad"]);
  });
});

describe("days of travel", () => {
  const offsets = fc
    .uniqueArray(fc.nat({ max: 90 }), { maxLength: 30 })
    .chain((days) =>
      fc.tuple(
        ...days.map((day) => fc.constantFrom(-600, -300, 0, 60, 120, 330, 780).map((m) => [day, m] as const)),
      ),
    );

  test("do not depend on the order in which nights arrive, nor on nights after them", () => {
    fc.assert(
      fc.property(offsets, fc.nat({ max: 90 }), (reported, until) => {
        const all = travelDays(new Map(reported));
        expect(travelDays(new Map(reported.toReversed()))).toEqual(all);
        const early = travelDays(new Map(reported.filter(([day]) => day <= until)));
        const upTo = (days: Set<number>) => [...days].filter((day) => day <= until).sort((a, b) => a - b);
        expect(upTo(early)).toEqual(upTo(all));
      }),
    );
  });

  test("there are none without a jump of three hours", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(60, 120, 180)), (minutes) => {
        expect(travelDays(new Map(minutes.map((value, day) => [day, value]))).size).toBe(0);
      }),
    );
  });
});
