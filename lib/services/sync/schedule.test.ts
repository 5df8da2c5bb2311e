import { expect, test } from "vitest";
import { isMorningDue } from "./schedule";

const base = {
  athleteId: "a",
  timeZone: "Europe/Helsinki",
  mailTime: "04:00",
  stream: "nightly-recharge",
  brings: "night" as const,
  lastNight: "2026-11-19",
  lastSleep: "2026-11-19",
  lastAttemptAt: null,
};

/** A moment of 20 November 2026 by the clock of Helsinki. */
const at = (time: string) => new Date(`2026-11-20T${time}:00+02:00`);

test.each([
  ["before it is morning", "05:29", false],
  ["when it is", "05:30", true],
  ["late in the morning", "14:59", true],
  ["in the afternoon", "15:00", false],
])("a night that is not there is looked for %s (%s): %s", (_, time, due) => {
  expect(isMorningDue(base, at(time))).toBe(due);
});

test("a night that is there is not looked for", () => {
  expect(isMorningDue({ ...base, lastNight: "2026-11-20" }, at("07:00"))).toBe(false);
  expect(
    isMorningDue({ ...base, stream: "sleep", brings: "sleep", lastNight: "2026-11-20" }, at("07:00")),
  ).toBe(true);
});

test.each([
  ["07:00", "06:16", false],
  ["07:00", "06:15", true],
  ["11:00", "09:30", false],
  ["11:00", "09:00", true],
])("at %s the look of %s is long enough ago: %s", (now, last, due) => {
  expect(isMorningDue({ ...base, lastAttemptAt: at(last) }, at(now))).toBe(due);
});

test("cardio load is looked at once in a morning", () => {
  const cardioLoad = { ...base, stream: "cardio-load", brings: "daily-load" as const };
  expect(isMorningDue(cardioLoad, at("06:00"))).toBe(true);
  expect(isMorningDue({ ...cardioLoad, lastAttemptAt: at("00:10") }, at("06:00"))).toBe(true);
  expect(isMorningDue({ ...cardioLoad, lastAttemptAt: at("05:45") }, at("14:00"))).toBe(false);
});

test("morning is the squad's, not the server's", () => {
  expect(isMorningDue({ ...base, timeZone: "America/New_York" }, at("07:00"))).toBe(false);
  expect(isMorningDue({ ...base, timeZone: "America/New_York" }, at("14:00"))).toBe(true);
});

const seven = { ...base, mailTime: "07:00" };

test.each([
  ["06:59", "06:50", false],
  ["07:00", "06:50", true],
  ["07:05", "07:00", false],
  ["07:10", "07:00", true],
  ["07:59", "07:45", true],
  ["08:00", "07:45", false],
  ["08:30", "07:45", true],
])(
  "from the squad's hour on, at %s after a look at %s, nights are looked for in every cycle: %s",
  (now, last, due) => {
    expect(isMorningDue({ ...seven, lastAttemptAt: at(last) }, at(now))).toBe(due);
  },
);

test("a look before the hour does not do for the morning, also after a machine slept over it", () => {
  expect(isMorningDue({ ...seven, lastAttemptAt: at("06:40") }, at("07:20"))).toBe(true);
  expect(isMorningDue({ ...seven, mailTime: "18:00", lastAttemptAt: at("17:59") }, at("18:00"))).toBe(true);
});
