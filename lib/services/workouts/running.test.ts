import { expect, test } from "vitest";
import { isRun, runPace, stepsPerMinute } from "./view";

test.each([
  ["running", true],
  ["road-running", true],
  ["trail-running", true],
  ["triathlon-running", true],
  ["jogging", true],
  ["beach-running", true],
  ["water-running", false],
  ["cycling", false],
  ["nordic-walking", false],
])("%s is a run: %s", (sport, run) => {
  expect(isRun(sport)).toBe(run);
});

test("one foot's cadence is doubled, steps of both feet stay", () => {
  expect(stepsPerMinute([84, 86, 0, null, 85])).toEqual([168, 172, 0, null, 170]);
  expect(stepsPerMinute([168, 172, 0, null, 80])).toEqual([168, 172, 0, null, 80]);
  expect(stepsPerMinute([null, 0])).toEqual([null, 0]);
});

test("pace is a run's time over its distance, and unknown without one", () => {
  const run = { sport: "road-running", durationMs: 3_000_000, distanceM: 10_000 };
  expect(runPace(run)).toBe(300);
  expect(runPace({ ...run, distanceM: null })).toBeNull();
  expect(runPace({ ...run, distanceM: 0 })).toBeNull();
  expect(runPace({ ...run, sport: "cycling" })).toBeNull();
});
