import { expect, test } from "vitest";
import type { Verdict } from "./causes";
import { precisionOf } from "./precision";

const said = (useful: number, knownCause: number, falseAlarm: number, acknowledged = 0): Verdict[] => [
  ...Array<Verdict>(useful).fill("useful"),
  ...Array<Verdict>(knownCause).fill("known-cause"),
  ...Array<Verdict>(falseAlarm).fill("false-alarm"),
  ...Array<Verdict>(acknowledged).fill("acknowledged"),
];

test("a share of the judged episodes with its interval", () => {
  expect(precisionOf(said(5, 1, 1))).toMatchObject({
    judged: 7,
    share: { value: 5 / 7, low: expect.closeTo(0.3589, 4), high: expect.closeTo(0.9178, 4) },
  });
});

test("below five judged episodes no share is named, and one that was only seen does not count", () => {
  expect(precisionOf(said(4, 0, 0, 3))).toMatchObject({ judged: 4, needed: 5, share: null });
  expect(precisionOf(said(4, 0, 1)).share).not.toBeNull();
  expect(precisionOf([])).toMatchObject({ judged: 0, share: null });
});
