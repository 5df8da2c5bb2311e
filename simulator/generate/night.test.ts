import { describe, expect, test } from "vitest";
import { offsetMinutesAt } from "../civil";
import { defaultKnobs } from "../knobs";
import { sleepObject } from "../wire/sleep";
import type { Day } from "./day";
import { nightOf } from "./night";

const wire = { publicUrl: "http://polar.test", knobs: defaultKnobs, polarUserId: 475 };

function night(date: string, sleepMinutes: number) {
  const noon = Date.parse(`${date}T12:00:00Z`);
  const day: Day = {
    date,
    sinceStart: -20,
    rmssdMs: 60,
    slept: true,
    sleepMinutes,
    restingHr: 50,
    breathing: 14,
    load: 80,
    steps: 9000,
    device: { model: "Polar Vantage V3", id: "1111AAAA", features: [] },
    utcOffsetMinutes: offsetMinutesAt("Europe/Helsinki", noon),
  };
  const offsetAt = (epochMs: number) => offsetMinutesAt("Europe/Helsinki", epochMs);
  return nightOf({ login: "aino", day, startedAt: noon, nightNumber: 30, offsetAt });
}

describe("the night of the clock change", () => {
  test("in autumn the offset changes within it, and the length is real time", () => {
    const sleep = sleepObject(night("2026-10-25", 480), wire);
    expect(sleep.sleep_start_time.slice(-6)).toBe("+03:00");
    expect(sleep.sleep_end_time.slice(-6)).toBe("+02:00");
    expect(Date.parse(sleep.sleep_end_time) - Date.parse(sleep.sleep_start_time)).toBe(480 * 60_000);
  });

  test("in spring the hour between three and four has no samples", () => {
    const sleep = sleepObject(night("2026-03-29", 480), wire);
    const hours = Object.keys(sleep.heart_rate_samples).map((key) => key.slice(0, 2));
    expect(hours).toContain("02");
    expect(hours).toContain("04");
    expect(hours).not.toContain("03");
  });
});

test.each([40, 75, 431, 700])("a night of %i minutes keeps its length in its stages", (minutes) => {
  const made = night("2026-11-10", minutes);
  expect(made.segments.reduce((sum, segment) => sum + segment.minutes, 0)).toBe(minutes);
  expect(made.endMs - made.startMs).toBe(minutes * 60_000);
});
