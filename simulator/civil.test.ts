import { expect, test } from "vitest";
import { clockText, dateIn, epochDayOf, isoDuration, offsetMinutesAt, zonedDateTime } from "./civil";

test("offsets follow the clock changes of a zone", () => {
  expect(offsetMinutesAt("Europe/Helsinki", Date.parse("2026-07-01T00:00:00Z"))).toBe(180);
  expect(offsetMinutesAt("Europe/Helsinki", Date.parse("2026-10-25T00:59:59Z"))).toBe(180);
  expect(offsetMinutesAt("Europe/Helsinki", Date.parse("2026-10-25T01:00:00Z"))).toBe(120);
});

test("the day in a zone", () => {
  expect(dateIn("Europe/Helsinki", Date.parse("2026-11-18T22:30:00Z"))).toBe("2026-11-19");
  expect(dateIn("America/New_York", Date.parse("2026-11-19T03:00:00Z"))).toBe("2026-11-18");
});

test.each([
  [4_412_189, "hms", "PT1H13M32.189S"],
  [4_412_189, "seconds", "PT4412.189S"],
  [3_600_000, "hms", "PT1H"],
  [0, "hms", "PT0S"],
  [90_000, "seconds", "PT90S"],
] as const)("%i ms in %s is %s", (ms, form, text) => {
  expect(isoDuration(ms, form)).toBe(text);
});

test("texts of clocks and zones", () => {
  expect(clockText(1450)).toBe("00:10");
  expect(zonedDateTime(Date.parse("2026-11-19T12:00:00Z"), -450)).toBe("2026-11-19T04:30:00-07:30");
});

test.each(["2026-02-30", "20-11", "2026-1-1", ""])("%s is no day", (text) => {
  expect(epochDayOf(text)).toBeUndefined();
});
