import { expect, test } from "vitest";
import { civilDateIn, instantOf, isTimeZone, localTimeIn, utcOffsetMinutes } from "./zone";

const LATE_EVENING_UTC = Date.UTC(2026, 10, 18, 23, 30);

test("today depends on the squad's zone", () => {
  expect(civilDateIn(LATE_EVENING_UTC, "UTC")).toBe("2026-11-18");
  expect(civilDateIn(LATE_EVENING_UTC, "Europe/Helsinki")).toBe("2026-11-19");
  expect(civilDateIn(new Date(LATE_EVENING_UTC), "America/Los_Angeles")).toBe("2026-11-18");
  expect(localTimeIn(LATE_EVENING_UTC, "Europe/Helsinki")).toBe("01:30");
  expect(utcOffsetMinutes(LATE_EVENING_UTC, "Asia/Kathmandu")).toBe(345);
});

test("a local time maps to an instant, over the clock changes too", () => {
  const at = (date: string, time: string) =>
    instantOf({ date, time, timeZone: "Europe/Helsinki" }).toISOString();
  expect(at("2026-11-19", "07:00")).toBe("2026-11-19T05:00:00.000Z");
  expect(at("2026-07-01", "07:00")).toBe("2026-07-01T04:00:00.000Z");
  expect(at("2026-03-29", "03:30")).toBe("2026-03-29T01:30:00.000Z");
  expect(at("2026-10-25", "03:30")).toBe("2026-10-25T00:30:00.000Z");
});

test("an unknown zone is refused", () => {
  expect(isTimeZone("Europe/Helsinki")).toBe(true);
  expect(isTimeZone("Mars/Olympus")).toBe(false);
  expect(() => civilDateIn(0, "Mars/Olympus")).toThrow(RangeError);
});
