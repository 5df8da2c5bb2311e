import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scoreDays } from "../readiness/score";
import { addDays } from "../time/civil-date";
import { associations, leastP } from "./associations";
import { correlate, lagged } from "./correlate";
import { holm } from "./holm";
import { ranksOf } from "./pearson";
import { type AthleteDay, squadDay, weekChange } from "./squad-day";

const wave = (period: number) => Array.from({ length: 60 }, (_, i) => Math.sin((2 * Math.PI * i) / period));

describe("correlations", () => {
  test("night t is set beside the driver of earlier days", () => {
    expect(lagged([1, 2, 3], 1)).toEqual([null, 1, 2]);
  });

  test("needs 21 pairs and variation", () => {
    const short = wave(5).map((value, i) => (i < 20 ? value : null));
    expect(correlate(wave(5), short)).toBeNull();
    expect(correlate(wave(5), Array(60).fill(3))).toBeNull();
  });

  test("a perfect association is one, and stays in its interval", () => {
    const found = correlate(wave(7.3), wave(7.3))!;
    expect(found.r).toBeCloseTo(1, 12);
    expect(found.pCircular).toBeCloseTo(1 / 120, 12);
  });

  test("ties share their ranks", () => {
    expect(ranksOf([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
  });

  test("says how many pairs are missing", () => {
    const sparse = wave(5).map((value, i) => (i % 10 === 0 ? value : null));
    expect(associations(wave(7), [{ id: "sleep", values: sparse, lagDays: 0 }])).toEqual([
      { id: "sleep", lagDays: 0, enough: false, pairs: 6, needed: 21 },
    ]);
  });

  test("adjusts p over the drivers that have enough data", () => {
    const values = [wave(7), wave(4), wave(7).map((value, i) => value + wave(3)[i]!)];
    const drivers = values.map((series, i) => ({ id: String(i), values: series, lagDays: i }));
    const found = associations(wave(7), [...drivers, { id: "none", values: [], lagDays: 0 }]);
    const raw = found.map((entry) => (entry.enough ? entry.correlation.pCircular : null));
    expect(found.map((entry) => (entry.enough ? entry.pHolm : null))).toEqual(holm(raw));
    expect(found[3]?.enough).toBe(false);
  });

  test("eight rows take 81 days to tell anything: below that there is no p", () => {
    const drivers = Array.from({ length: 8 }, (_, id) => ({ id: String(id), lagDays: 0 }));
    const seen = (days: number) => {
      const outcome = Array.from({ length: days }, (_, i) => Math.sin(i * i));
      const found = associations(
        outcome,
        drivers.map((driver, i) => ({ ...driver, values: i === 0 ? outcome : outcome.map(Math.cos) })),
      );
      return found.map((entry) => (entry.enough ? entry.pHolm : undefined));
    };
    expect(seen(80)).toEqual(Array(8).fill(null));
    expect(seen(81)[0]).toBeCloseTo(8 / 162, 12);
    expect(leastP(8, 90)).toBeCloseTo(0.0444, 4);
  });
});

describe("Holm", () => {
  test("the textbook example keeps order and never falls", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.9, null, 0.8])).toEqual([1, null, 1]);
  });
});

describe("a squad's day", () => {
  const athlete = (
    athleteId: string,
    z: number | null,
    source: AthleteDay["source"] = "nightly",
  ): AthleteDay => ({
    athleteId,
    source,
    z,
    weekChange: z === null ? null : z / 2,
  });

  test("spread, share below the band, and each athlete against the others", () => {
    const [day] = squadDay([
      athlete("a", -2),
      athlete("b", 0),
      athlete("c", 0.5),
      athlete("d", 1),
      athlete("e", null),
    ]);
    expect(day).toMatchObject({
      z: { n: 4, min: -2, median: 0.25, max: 1 },
      shareBelow: 0.25,
      together: null,
    });
    expect(day?.weekChange).toMatchObject({ n: 4, min: -1, max: 0.5 });
    expect(day?.againstSquad.map(({ difference }) => difference)).toEqual([-2.5, -0.5, 0.5, 1, null]);
  });

  test("sees a day on which the whole squad moved", () => {
    const squad = (z: number) => Array.from({ length: 9 }, (_, i) => athlete(String(i), z + (i % 3) / 10));
    expect(squadDay(squad(-1.2))[0]?.together).toBe("down");
    expect(squadDay(squad(1.2))[0]?.together).toBe("up");
    expect(squadDay(squad(-0.3))[0]?.together).toBeNull();
    expect(squadDay(squad(-3).slice(0, 4))[0]?.together).toBeNull();
  });

  test("never compares one source with the other", () => {
    const days = squadDay([athlete("a", 1), athlete("b", -1, "morning")]);
    expect(days.map(({ source, z }) => [source, z?.n])).toEqual([
      ["nightly", 1],
      ["morning", 1],
    ]);
    expect(days.flatMap((day) => day.againstSquad.map(({ difference }) => difference))).toEqual([null, null]);
    expect(squadDay([])).toEqual([]);
  });

  test("the 7-day change is told in own SDs", () => {
    const days = scoreDays({
      settings: { baselineDays: 60, preset: "brief" },
      days: Array.from({ length: 40 }, (_, i) => ({
        date: addDays("2026-01-01", i),
        rmssdMs: Math.exp((i % 2 ? 3.9 : 4.1) - (i >= 33 ? 0.1 : 0)),
        load: null,
      })),
    });
    const last = days[39]!;
    expect(weekChange(days, 39)).toBeCloseTo((last.mean7! - days[32]!.mean7!) / last.baseline.sd!, 12);
    expect(weekChange(days, 5)).toBeNull();
  });
});

test("each athlete stands beside the median of all the others, ties and absent readings included", () => {
  const z = fc.option(
    fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10),
    { nil: null },
  );
  fc.assert(
    fc.property(fc.array(z, { minLength: 1, maxLength: 40 }), (zs) => {
      const group = zs.map(
        (value, i): AthleteDay => ({
          athleteId: String(i),
          source: "nightly",
          z: value,
          weekChange: null,
        }),
      );
      for (const [i, { difference }] of squadDay(group)[0]!.againstSquad.entries()) {
        const others = zs.filter((other, k): other is number => k !== i && other !== null);
        const own = zs[i] ?? null;
        if (own === null || others.length === 0) {
          expect(difference).toBeNull();
          continue;
        }
        const sorted = others.toSorted((a, b) => a - b);
        const half = sorted.length >> 1;
        const median = sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
        expect(difference).toBeCloseTo(own - median, 12);
      }
    }),
  );
});
