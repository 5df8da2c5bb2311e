import { expect, test } from "vitest";
import type { Level } from "../readiness/types";
import { addDays } from "../time/civil-date";
import { type AlertDay, episodesOf } from "./episodes";

const FIRST = "2026-03-01";

/** One letter a day: r recovery, f flag, u unexplained, s steady, w watch, n no verdict, F a flag that may not be mailed. */
function daysOf(letters: string): AlertDay[] {
  const levels: Record<string, Level> = {
    r: "recovery",
    f: "flag",
    F: "flag",
    u: "unexplained",
    s: "steady",
    w: "watch",
    n: "no-verdict",
  };
  return [...letters].map((letter, i) => ({
    date: addDays(FIRST, i),
    level: levels[letter]!,
    mailable: "rfu".includes(letter),
  }));
}

test("closes on the third scored day without a mailed level", () => {
  expect(episodesOf(daysOf("sfsss"))).toEqual([
    {
      openedOn: "2026-03-02",
      closedOn: "2026-03-05",
      level: "flag",
      escalations: [],
      lastFlaggedOn: "2026-03-02",
    },
  ]);
});

test("a mailed level on the way starts the count of clear days again", () => {
  const [episode, ...others] = episodesOf(daysOf("fssfss"));
  expect(others).toEqual([]);
  expect(episode).toMatchObject({ openedOn: FIRST, closedOn: null, lastFlaggedOn: "2026-03-04" });
});

test("days without a verdict neither extend nor close", () => {
  expect(episodesOf(daysOf("fssnnn"))[0]?.closedOn).toBeNull();
  expect(episodesOf(daysOf("fssnnns"))[0]?.closedOn).toBe("2026-03-07");
});

test("escalates only above the highest level so far", () => {
  expect(episodesOf(daysOf("ufrfr"))[0]).toMatchObject({
    level: "recovery",
    escalations: [
      { date: "2026-03-02", level: "flag" },
      { date: "2026-03-03", level: "recovery" },
    ],
  });
});

test("a provisional flag opens nothing and counts as a scored day without one", () => {
  expect(episodesOf(daysOf("F"))).toEqual([]);
  expect(episodesOf(daysOf("fFFF"))[0]?.closedOn).toBe("2026-03-04");
});

test("a new episode opens after the old one closed", () => {
  expect(episodesOf(daysOf("fsssr")).map((episode) => episode.openedOn)).toEqual([FIRST, "2026-03-05"]);
});
