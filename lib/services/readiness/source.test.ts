import { expect, test } from "vitest";
import { proposedSource, sourceOn } from "./source";

const today = "2026-03-20";

const firmMornings = { nightly: 40, morning: 30 };

test("nights count until somebody chooses, and a choice counts from its day on", () => {
  expect(sourceOn([], today)).toBe("nightly");
  const choices = [
    { fromDay: "2026-03-25", source: "nightly" },
    { fromDay: "2026-03-01", source: "morning" },
  ] as const;
  expect(
    ["2026-02-28", "2026-03-01", "2026-03-24", "2026-03-25"].map((day) => sourceOn(choices, day)),
  ).toEqual(["nightly", "morning", "morning", "nightly"]);
});

test("the other source is proposed when it becomes firm, not a day before", () => {
  expect(proposedSource({ today, choices: [], counts: firmMornings })).toBe("morning");
  expect(proposedSource({ today, choices: [], counts: { nightly: 0, morning: 29 } })).toBeNull();
});

test("what a person chose stands while its own series carries a baseline", () => {
  const kept = [{ fromDay: "2026-03-01", source: "nightly" }] as const;
  expect(proposedSource({ today, choices: kept, counts: firmMornings })).toBeNull();
  expect(proposedSource({ today, choices: kept, counts: { nightly: 13, morning: 30 } })).toBe("morning");
  const changed = [{ fromDay: "2026-03-01", source: "morning" }] as const;
  expect(proposedSource({ today, choices: changed, counts: { nightly: 40, morning: 30 } })).toBeNull();
});

test("a new choice has fourteen days before the other source is proposed again", () => {
  const choices = [{ fromDay: "2026-03-07", source: "morning" }] as const;
  const counts = { nightly: 40, morning: 3 };
  expect(proposedSource({ today: "2026-03-20", choices, counts })).toBeNull();
  expect(proposedSource({ today: "2026-03-21", choices, counts })).toBe("nightly");
});
