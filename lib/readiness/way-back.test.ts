import { expect, test } from "vitest";
import { fallingDays, flaggedDays, steadyDays } from "@/tests/support/athletes";
import { addDays } from "../time/civil-date";
import { evidenceAt } from "./evidence";
import { isMailedLevel } from "./level";
import { scoreDays, scoreSeries } from "./score";
import type { DayInput, Preset } from "./types";

const first = "2026-03-02";
const dated = (days: readonly { rmssdMs?: number | null; load?: number | null }[]): DayInput[] =>
  days.map(({ rmssdMs = null, load = null }, i) => ({ date: addDays(first, i), rmssdMs, load }));

const lowWeek = steadyDays(80).map((day, i) => (i < 70 ? day : { rmssdMs: 48 + (i % 2), load: 60 }));

test.each([
  ["a flag", flaggedDays(), "brief"],
  ["a falling week", fallingDays(), "brief"],
  ["a low week", lowWeek, "brief"],
  ["a low week, quiet", lowWeek, "quiet"],
] as const)("%s: so many nights at the usual end it, and one less does not", (_, story, preset) => {
  const days = dated(story);
  const settings = { preset: preset as Preset, baselineDays: 60 };
  const { wayBack, level } = evidenceAt(scoreSeries({ settings, days }), days.length - 1);
  expect(isMailedLevel(level)).toBe(true);
  const { nights, usualMs } = wayBack!;
  expect(nights).toBeGreaterThan(0);
  const loads = days.slice(-7).flatMap(({ load }) => load ?? []);
  const load = loads.reduce((sum, one) => sum + one, 0) / loads.length;
  const levelAfter = (n: number) => {
    const more = Array.from({ length: n }, (_, i) => ({
      date: addDays(days.at(-1)!.date, i + 1),
      rmssdMs: usualMs,
      load,
    }));
    return scoreDays({ settings, days: [...days, ...more] }).at(-1)!.level;
  };
  expect(isMailedLevel(levelAfter(nights!))).toBe(false);
  if (nights! > 1) expect(isMailedLevel(levelAfter(nights! - 1))).toBe(true);
});

test("nobody is asked for more than their highest night, which is told", () => {
  const days = dated(lowWeek);
  const series = scoreSeries({ settings: { preset: "brief", baselineDays: 60 }, days });
  const highest = Math.max(...days.slice(-60).map(({ rmssdMs }) => rmssdMs ?? 0));
  expect(evidenceAt(series, days.length - 1).wayBack?.highest60Ms).toBe(highest);
});

test("where no mailed level holds there is nothing to come back from", () => {
  const series = scoreSeries({
    settings: { preset: "brief", baselineDays: 60 },
    days: dated(steadyDays(80)),
  });
  expect(evidenceAt(series, 79).wayBack).toBeNull();
});
