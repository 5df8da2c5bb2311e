import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { addDays } from "../time/civil-date";
import { clearsToday, clearsTomorrow } from "./clearing";
import { isMailedLevel } from "./level";
import { type ScoredSeries, scoreDays, scoreSeries } from "./score";
import type { DayInput, Preset } from "./types";

// Many histories each: generous where a machine is busy.
vi.setConfig({ testTimeout: 60_000 });

/** Steady for seven weeks, then lower readings beside more load, in the ways that bring each mailed level about. */
const stories = fc
  .record({
    noise: fc.array(fc.double({ min: -0.15, max: 0.15, noNaN: true }), { minLength: 60, maxLength: 75 }),
    slide: fc.double({ min: 0, max: 0.06, noNaN: true }),
    load: fc.integer({ min: 60, max: 220 }),
    unknownLoad: fc.option(fc.integer({ min: 45, max: 74 }), { freq: 3 }),
  })
  .map(({ noise, slide, load, unknownLoad }) =>
    noise.map((value, i): DayInput => {
      const days = Math.max(0, i - (noise.length - 9));
      return {
        date: addDays("2026-01-01", i),
        rmssdMs: Math.round(Math.exp(4 + value - slide * days)),
        load: i === unknownLoad ? null : i < noise.length - 8 ? 80 + ((i * 37) % 60) : load,
      };
    }),
  );
/** A level that settled some weeks ago, so that the baseline calls it usual and R7 alone still does not. */
const settled = fc
  .record({
    noise: fc.array(fc.double({ min: -0.12, max: 0.12, noNaN: true }), { minLength: 126, maxLength: 132 }),
    drop: fc.double({ min: 0.12, max: 0.25, noNaN: true }),
    since: fc.integer({ min: 24, max: 34 }),
    excluded: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ noise, drop, since, excluded }) =>
    noise.map((value, i): DayInput => {
      const daysAgo = noise.length - 1 - i;
      return {
        date: addDays("2026-01-01", i),
        rmssdMs: Math.round(Math.exp(4 + value - (daysAgo < since ? drop : 0))),
        load: 80,
        ...(daysAgo === excluded ? { excluded: "sick" } : {}),
      };
    }),
  );
const presets = fc.constantFrom<Preset>("brief", "balanced", "quiet");

function seriesOf(days: DayInput[], preset: Preset): ScoredSeries {
  return scoreSeries({ settings: { baselineDays: 60, preset }, days });
}

/** The level of the last day when it reads `ms` and the load of the day before it is `load`. */
function levelWith(days: DayInput[], preset: Preset, ending: { ms: number; load?: number }): string {
  const changed = days.map((day, i) => ({
    ...day,
    ...(i === days.length - 1 ? { rmssdMs: ending.ms } : {}),
    ...(i === days.length - 2 && ending.load !== undefined ? { load: ending.load } : {}),
  }));
  return scoreDays({ settings: { baselineDays: 60, preset }, days: changed }).at(-1)!.level;
}

const everyMs = Array.from({ length: 246 }, (_, i) => i + 5);

test.each([
  ["low beside load", stories],
  ["settled lower", settled],
])("today, %s: the stated reading and all above clear, the one below does not", (_, histories) => {
  let cleared = 0;
  fc.assert(
    fc.property(histories, presets, (days, preset) => {
      const series = seriesOf(days, preset);
      const ms = clearsToday(series, days.length - 1);
      const judged = everyMs.filter((value) => levelWith(days, preset, { ms: value }) !== "no-verdict");
      const clear = judged.filter((value) => ms !== null && value >= ms);
      for (const value of clear)
        expect(isMailedLevel(levelWith(days, preset, { ms: value }) as never)).toBe(false);
      const below = judged.filter((value) => ms === null || value < ms).at(-1);
      if (below !== undefined)
        expect(isMailedLevel(levelWith(days, preset, { ms: below }) as never)).toBe(true);
      if (clear.length > 0 && below !== undefined) cleared++;
    }),
    { numRuns: 12, seed: 11 },
  );
  expect(cleared).toBeGreaterThan(0);
});

test.each([
  ["low beside load", stories],
  ["settled lower", settled],
])("tomorrow, %s: the stated reading clears under any load, one less does not under some", (_, histories) => {
  let bound = 0;
  fc.assert(
    fc.property(histories, presets, (days, preset) => {
      const { rmssdMs, loadCanRise } = clearsTomorrow(seriesOf(days, preset), days.length - 1);
      const tomorrow = [...days, { date: addDays(days.at(-1)!.date, 1), rmssdMs: null, load: null }];
      const worst = (ms: number) => {
        const loads = loadCanRise ? [0, 1e6] : [0];
        return loads.map((load) => levelWith(tomorrow, preset, { ms, load }));
      };
      if (rmssdMs !== null)
        for (const level of worst(rmssdMs)) expect(isMailedLevel(level as never)).toBe(false);
      const below = (rmssdMs ?? 251) - 1;
      const judged = worst(below).filter((level) => level !== "no-verdict");
      if (below >= 5 && judged.length > 0) {
        expect(judged.some((level) => isMailedLevel(level as never))).toBe(true);
        bound++;
      }
    }),
    { numRuns: 60, seed: 11 },
  );
  expect(bound).toBeGreaterThan(0);
});

test("tomorrow: the stated load keeps R6 from holding, one more does not", () => {
  const seen = { limit: 0, notEnough: 0, cannotRise: 0 };
  fc.assert(
    fc.property(stories, (days) => {
      const { loadToday, loadCanRise } = clearsTomorrow(seriesOf(days, "brief"), days.length - 1);
      const r6With = (load: number) => {
        const tomorrow = [...days.slice(0, -1), { ...days.at(-1)!, load }];
        tomorrow.push({ date: addDays(days.at(-1)!.date, 1), rmssdMs: null, load: null });
        return scoreDays({ settings: { baselineDays: 60, preset: "brief" }, days: tomorrow }).at(-1)!.rules
          .R6;
      };
      if (!loadCanRise) {
        seen.cannotRise++;
        expect([loadToday, r6With(0), r6With(1e6)]).toEqual([null, null, null]);
      } else if (loadToday === null) {
        seen.notEnough++;
        expect(r6With(0)).toBe(true);
      } else {
        seen.limit++;
        expect([r6With(loadToday), r6With(loadToday + 1)]).toEqual([false, true]);
      }
    }),
    { numRuns: 300, seed: 11 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
});
