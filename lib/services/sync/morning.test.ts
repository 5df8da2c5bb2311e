import { expect, test } from "vitest";
import { isMorningDue } from "./morning";

const base = {
  athleteId: "a",
  timeZone: "Europe/Helsinki",
  stream: "nightly-recharge",
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
  expect(isMorningDue({ ...base, stream: "sleep", lastNight: "2026-11-20" }, at("07:00"))).toBe(true);
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
  const cardioLoad = { ...base, stream: "cardio-load" };
  expect(isMorningDue(cardioLoad, at("06:00"))).toBe(true);
  expect(isMorningDue({ ...cardioLoad, lastAttemptAt: at("00:10") }, at("06:00"))).toBe(true);
  expect(isMorningDue({ ...cardioLoad, lastAttemptAt: at("05:45") }, at("14:00"))).toBe(false);
});

test("morning is the squad's, not the server's", () => {
  expect(isMorningDue({ ...base, timeZone: "America/New_York" }, at("07:00"))).toBe(false);
  expect(isMorningDue({ ...base, timeZone: "America/New_York" }, at("14:00"))).toBe(true);
});
