import { expect, test } from "vitest";
import { acceptedFor, againstChance, presetFor } from "./preset-for";

const perWeek = { brief: 5.4, balanced: 2.7, quiet: 1.2 };

test("the accepted mails a week pick the preset that tells most within them", () => {
  expect([7, 5.4, 5, 2.7, 2.5, 1.2, 1, 0].map((accepted) => presetFor(accepted, perWeek))).toEqual([
    "brief",
    "brief",
    "balanced",
    "balanced",
    "quiet",
    "quiet",
    "quiet",
    "quiet",
  ]);
});

test("the slider of a preset's own rate picks that preset", () => {
  for (const preset of ["brief", "balanced", "quiet"] as const) {
    expect(presetFor(acceptedFor(perWeek[preset]), perWeek)).toBe(preset);
  }
  expect([acceptedFor(0), acceptedFor(7), acceptedFor(6.9)]).toEqual([0, 7, 7]);
});

test("a count on the edge of the interval is still what chance gives", () => {
  const chance = { low: 22, high: 38 };
  expect([21, 22, 38, 39].map((mails) => againstChance(mails, chance))).toEqual([
    "below",
    "within",
    "within",
    "above",
  ]);
});
