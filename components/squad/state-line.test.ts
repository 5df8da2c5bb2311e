import { describe, expect, it } from "vitest";
import type { SquadRow } from "@/lib/services/squads/row";
import { stateLine } from "./state-line";

const say = (key: string, values: Record<string, string | number> = {}) =>
  [key, ...Object.entries(values).map(([name, value]) => `${name}=${value}`)].join(" ");
const words = { squad: say, levels: say, locale: "en-GB", date: "2026-11-19" };

const row = {
  standing: { kind: "scored" },
  pausedOn: null,
  section: "rest",
  reason: null,
  grade: "firm",
  source: "nightly",
  groupName: "Rowing",
  connection: "active",
  lastNight: "2026-11-19",
  baseline: { n: 60, mean: 4, sd: 0.1 },
  episode: null,
} as SquadRow;

describe("the line under a name", () => {
  it("is the group when there is nothing to say", () => {
    expect(stateLine(row, words)).toBe("Rowing");
  });

  it("tells a pause by the day it began, whatever is missing since", () => {
    const paused: SquadRow = { ...row, pausedOn: "2026-11-16", reason: "no-reading" };
    expect(stateLine(paused, words)).toBe("state.paused day=Mon 16 Nov");
  });

  it("counts the nights without data, and says today when it is only one", () => {
    const silent: SquadRow = { ...row, reason: "no-reading", section: "no-verdict" };
    expect(stateLine({ ...silent, lastNight: "2026-11-16" }, words)).toBe("state.noData n=3 source=nightly");
    expect(stateLine({ ...silent, lastNight: "2026-11-18" }, words)).toBe("state.noReading");
  });

  it("says how many nights a short baseline has", () => {
    const short: SquadRow = { ...row, reason: "baseline-building", baseline: { n: 8, mean: null, sd: null } };
    expect(stateLine(short, words)).toBe("state.building n=8 source=nightly");
    expect(stateLine({ ...row, grade: "provisional", baseline: { n: 22, mean: 4, sd: 0.1 } }, words)).toBe(
      "state.provisional n=22 source=nightly",
    );
  });

  it("labels the days after a jump of time zones, whatever else it says", () => {
    expect(stateLine({ ...row, travel: true }, words)).toBe("state.travel text=Rowing");
    expect(stateLine({ ...row, travel: true, groupName: null }, words)).toBe("state.travelOnly");
  });

  it("says of a second suspect reading in a row what it may be", () => {
    const suspect: SquadRow = { ...row, reason: "suspect", section: "no-verdict", suspect: true };
    expect(stateLine(suspect, words)).toBe("reasons.suspect");
    expect(stateLine({ ...suspect, suspectPair: true }, words)).toBe("reasons.suspect-pair");
  });

  it("tells a new episode from a continuing and a rising one", () => {
    const listed: SquadRow = { ...row, section: "look" };
    const episode = { openedOn: "2026-11-15", day: 5, escalatedToday: false, isNew: false };
    expect(stateLine({ ...listed, episode }, words)).toBe("state.continuing n=5 day=Sun 15 Nov");
    expect(stateLine({ ...listed, episode: { ...episode, escalatedToday: true } }, words)).toBe(
      "state.escalated day=Sun 15 Nov",
    );
    expect(
      stateLine(
        { ...listed, episode: { openedOn: "2026-11-19", day: 1, escalatedToday: false, isNew: true } },
        words,
      ),
    ).toBe("state.newToday");
  });

  it("puts what an athlete decided before everything else", () => {
    expect(stateLine({ ...row, standing: { kind: "stopped" }, reason: "no-reading" }, words)).toBe(
      "state.stopped",
    );
  });
});
