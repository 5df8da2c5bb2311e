import { expect, test } from "vitest";
import { addDays } from "../time/civil-date";
import { evidenceAt, evidenceFor } from "./evidence";
import { inputHashes } from "./input-hash";
import { levelsFor } from "./level";
import { qualityAt } from "./quality";
import { scoreDays, scoreSeries } from "./score";
import type { DayInput, Preset } from "./types";

const FIRST = "2026-01-01";

function history(length: number, change: (i: number) => Partial<DayInput> = () => ({})): DayInput[] {
  return Array.from({ length }, (_, i) => ({
    date: addDays(FIRST, i),
    rmssdMs: 55 + 5 * (i % 3) - (i > 53 ? 3 * (i - 53) : 0),
    load: i < 50 ? 80 : 160,
    ...change(i),
  }));
}

const seriesOf = (days: DayInput[], preset: Preset = "brief") =>
  scoreSeries({ settings: { baselineDays: 60, preset }, days });

test("evidence says what the verdict rests on and survives JSON", () => {
  const series = seriesOf(history(60));
  const evidence = evidenceAt(series, 59);
  expect(JSON.parse(JSON.stringify(evidence))).toEqual(evidence);
  expect(evidence).toMatchObject({
    date: "2026-03-01",
    level: "recovery",
    preset: "brief",
    source: "nightly",
    baselineDays: 60,
    windows: {
      baseline: { from: "2025-12-31", to: "2026-02-28" },
      mean7: { from: "2026-02-23", to: "2026-03-01" },
      load7: { from: "2026-02-22", to: "2026-02-28" },
      loadPrev7: { from: "2026-02-15", to: "2026-02-21" },
    },
    quality: { grade: "A", reasons: [] },
  });
  expect(evidence.clearing?.today.rmssdMs).toBeGreaterThan(evidence.rmssdMs!);
});

test("only a mailed level has something to clear", () => {
  const series = seriesOf(history(60));
  expect(evidenceAt(series, 40)).toMatchObject({ level: "steady", clearing: null });
  expect(evidenceAt(series, 3)).toMatchObject({ level: "no-verdict", clearing: null });
});

test("a date outside of the history has no evidence", () => {
  const series = seriesOf(history(60));
  expect(evidenceFor(series, "2026-03-01")).toEqual(evidenceAt(series, 59));
  expect(evidenceFor(series, "2026-03-02")).toBeUndefined();
  expect(evidenceFor(series, "2025-12-31")).toBeUndefined();
});

test("the source of a day is the one last mentioned", () => {
  const series = seriesOf(history(60, (i) => (i === 30 ? { source: "morning" } : {})));
  expect(evidenceAt(series, 29).source).toBe("nightly");
  expect(evidenceAt(series, 59).source).toBe("morning");
});

test("any preset's levels follow from the stored blocks", () => {
  const days = history(60);
  for (const preset of ["brief", "balanced", "quiet"] as const) {
    const expected = scoreDays({ settings: { baselineDays: 60, preset }, days });
    const stored = scoreDays({ settings: { baselineDays: 60, preset: "brief" }, days });
    expect(stored.map((day) => levelsFor(day, preset))).toEqual(expected.map((day) => day.levels));
  }
});

test("quality grades with their reasons", () => {
  const gradeOf = (change: (i: number) => Partial<DayInput>, length = 60) =>
    qualityAt(seriesOf(history(length, change)), length - 1);
  const nights = (missing: number) => (i: number) => (i >= 53 && i < 53 + missing ? { rmssdMs: null } : {});
  expect(gradeOf(nights(1))).toEqual({ grade: "A", reasons: [] });
  expect(gradeOf(nights(3))).toEqual({ grade: "B", reasons: ["nights-missing"] });
  expect(gradeOf(nights(4))).toEqual({ grade: "C", reasons: ["few-nights"] });
  expect(gradeOf((i) => (i === 45 ? { load: null } : {}))).toEqual({ grade: "B", reasons: ["load-unknown"] });
  expect(gradeOf((i) => (i === 44 || i === 59 ? { load: null } : {}))).toEqual({ grade: "A", reasons: [] });
  expect(gradeOf(() => ({}), 20)).toEqual({ grade: "C", reasons: ["baseline-provisional"] });
  expect(gradeOf(() => ({}), 10)).toEqual({ grade: "C", reasons: ["baseline-none", "load-unknown"] });
  const device = (day: number) => (i: number) => ({ deviceId: i < day ? "A" : "B" });
  expect(gradeOf(device(29))).toEqual({ grade: "A", reasons: [] });
  expect(gradeOf(device(40))).toEqual({ grade: "C", reasons: ["baseline-provisional", "device-changed"] });
});

test("a day's hash changes with what its verdict rests on, and only then", () => {
  const before = inputHashes(seriesOf(history(60)));
  const changedFrom = (days: DayInput[]) =>
    inputHashes(seriesOf(days)).findIndex((hash, i) => hash !== before[i]);
  expect(changedFrom(history(60))).toBe(-1);
  expect(changedFrom(history(60, (i) => (i === 40 ? { rmssdMs: 51 } : {})))).toBe(40);
  expect(changedFrom(history(60, (i) => (i === 40 ? { load: null } : {})))).toBe(41);
  expect(changedFrom(history(60, (i) => (i === 40 ? { excluded: "sick" } : {})))).toBe(40);
  expect(inputHashes(seriesOf(history(60), "quiet"))[59]).not.toBe(before[59]);
});
