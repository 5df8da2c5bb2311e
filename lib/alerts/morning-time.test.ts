import { expect, test } from "vitest";
import { localTimeIn } from "../time/zone";
import { decideMorning, isLaterMailDue, type MorningMoment, morningHours } from "./morning-time";

const timeZone = "Europe/Helsinki";
const squad = { date: "2026-11-20", timeZone, mailTime: "07:00", latestMinutes: 45 };
/** A moment of the day by the clock of Helsinki, in ms. */
const at = (time: string) => Date.parse(`2026-11-20T${time}:00+02:00`);

const moment = (time: string, change: Partial<MorningMoment> = {}): MorningMoment => ({
  nowMs: at(time),
  hours: morningHours(squad),
  awakeSinceMs: at("00:00"),
  cycleEnded: true,
  nightsIn: 20,
  nightsExpected: 24,
  sharePercent: 80,
  ...change,
});

const wait = (reason: "hour" | "cycle" | "nights") => ({ kind: "wait", for: reason });
const decide = (why: "enough" | "latest", isLate = false) => ({ kind: "decide", why, isLate });
const few = { nightsIn: 10 };
const noCycle = { cycleEnded: false };
const slept = { awakeSinceMs: at("09:36") };

test.each<[string, string, Partial<MorningMoment>, object]>([
  ["a minute before the hour, with everything in", "06:59", { nightsIn: 24 }, wait("hour")],
  ["at the hour, no cycle has ended", "07:00", { nightsIn: 24, ...noCycle }, wait("cycle")],
  ["a cycle has ended, 20 of 24 are 83 %", "07:02", {}, decide("enough")],
  ["19 of 24 are 79 %", "07:02", { nightsIn: 19 }, wait("nights")],
  ["exactly the share", "07:02", { nightsIn: 4, nightsExpected: 5 }, decide("enough")],
  ["the squad's own share is lower", "07:02", { ...few, sharePercent: 40 }, decide("enough")],
  ["the squad waits for everybody", "07:02", { nightsIn: 23, sharePercent: 100 }, wait("nights")],
  ["nobody normally has a night", "07:02", { nightsIn: 0, nightsExpected: 0 }, decide("enough")],
  [
    "nobody normally has a night, no cycle yet",
    "07:02",
    { nightsIn: 0, nightsExpected: 0, ...noCycle },
    wait("cycle"),
  ],
  ["a minute before the latest moment", "07:44", few, wait("nights")],
  ["at the latest moment", "07:45", few, decide("latest")],
  ["at the latest moment, Polar never answered", "07:45", { ...few, ...noCycle }, decide("latest")],
  ["started at 09:36, no cycle since: 0 of 8", "09:40", { ...few, ...noCycle, ...slept }, wait("cycle")],
  ["started at 09:36, a cycle has ended", "09:40", slept, decide("enough", true)],
  ["started at 09:36, few nights", "10:20", { ...few, ...slept }, wait("nights")],
  ["started at 09:36, 45 minutes later", "10:21", { ...few, ...slept }, decide("latest", true)],
  [
    "started at 11:50, shortly before noon",
    "11:55",
    { ...few, awakeSinceMs: at("11:50") },
    decide("latest", true),
  ],
  [
    "started at 11:58, nothing asked for yet",
    "11:59",
    { ...noCycle, awakeSinceMs: at("11:58") },
    wait("cycle"),
  ],
  ["at noon it is too late", "12:00", {}, { kind: "close" }],
  ["started in the afternoon", "15:00", { awakeSinceMs: at("14:00") }, { kind: "close" }],
  ["started a moment before the hour", "07:02", { awakeSinceMs: at("06:59") }, decide("enough")],
])("%s (%s)", (_, time, change, expected) => {
  expect(decideMorning(moment(time, change))).toEqual(expected);
});

const hoursOf = (change: Partial<typeof squad>) => {
  const { mailAtMs, latestAtMs, closesAtMs } = morningHours({ ...squad, ...change });
  return [mailAtMs, latestAtMs, closesAtMs].map((ms) => localTimeIn(ms, change.timeZone ?? timeZone));
};

test("the morning ends at noon, by the squad's clock, and later only where the squad's hour is", () => {
  expect(hoursOf({})).toEqual(["07:00", "07:45", "12:00"]);
  expect(hoursOf({ timeZone: "America/New_York" })).toEqual(["07:00", "07:45", "12:00"]);
  expect(hoursOf({ mailTime: "11:30" })).toEqual(["11:30", "12:15", "12:45"]);
  expect(hoursOf({ mailTime: "18:00" })).toEqual(["18:00", "18:45", "19:15"]);
  expect(hoursOf({ mailTime: "23:30" })).toEqual(["23:30", "23:55", "00:00"]);
  expect(hoursOf({ mailTime: "23:58" })).toEqual(["23:58", "23:58", "00:00"]);
});

test("the hours hold on the days when the clocks change", () => {
  for (const date of ["2026-03-29", "2026-10-25"])
    expect(hoursOf({ date })).toEqual(["07:00", "07:45", "12:00"]);
  const hours = morningHours({ ...squad, date: "2026-03-29", mailTime: "03:30" });
  expect(localTimeIn(hours.mailAtMs, timeZone)).toBe("04:30");
  expect(hours.latestAtMs - hours.mailAtMs).toBe(45 * 60_000);
});

const later = (now: string, since: string, allNightsIn = false) =>
  isLaterMailDue({ nowMs: at(now), hours: morningHours(squad), newsSinceMs: at(since), allNightsIn });

test("later news gather for half an hour, not beyond noon, and go at once when nothing more is expected", () => {
  expect(later("08:39", "08:10")).toBe(false);
  expect(later("08:40", "08:10")).toBe(true);
  expect(later("08:10", "08:10", true)).toBe(true);
  expect(later("11:54", "11:40")).toBe(false);
  expect(later("11:55", "11:40")).toBe(true);
  expect(later("11:59", "11:59")).toBe(true);
  expect(later("12:00", "08:10", true)).toBe(false);
});
