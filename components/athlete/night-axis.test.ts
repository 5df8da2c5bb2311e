import { expect, test } from "vitest";
import type { NightEntry } from "@/lib/services/athletes/view";
import { hourTicks, nightAxis } from "./night-axis";

const night = (more: Partial<NightEntry>) =>
  ({ startAtMs: null, endAtMs: null, utcOffsetMinutes: null, rmssdSeries: null, ...more }) as NightEntry;

test("a night is drawn in its own wall clock, with full hours marked", () => {
  const axis = nightAxis(
    night({
      startAtMs: Date.parse("2026-11-18T20:40:00Z"),
      endAtMs: Date.parse("2026-11-19T04:10:00Z"),
      utcOffsetMinutes: 120,
      rmssdSeries: {
        startsAt: "2026-11-18T23:10",
        points: [
          [0, 50],
          [235, 60],
        ],
      },
    }),
  );
  expect(axis).toEqual({ fromMs: Date.parse("2026-11-18T22:40:00Z"), minutes: 450 });
  expect(hourTicks(axis!).map(({ text }) => text)).toEqual(["23", "00", "01", "02", "03", "04", "05", "06"]);
  expect(hourTicks(axis!)[0]?.minute).toBe(20);
});

test("without a sleep the window of the recharge is drawn, and without either nothing", () => {
  const rmssdSeries: NightEntry["rmssdSeries"] = {
    startsAt: "2026-11-18T23:10",
    points: [
      [0, 50],
      [235, null],
    ],
  };
  expect(nightAxis(night({ rmssdSeries }))?.minutes).toBe(235);
  expect(nightAxis(night({}))).toBeNull();
});
