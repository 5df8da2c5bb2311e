import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, civilDateOf, daysBetween, epochDayOf, isCivilDate } from "./civil-date";

test("counts days across month ends, leap days and the epoch", () => {
  expect(epochDayOf("1970-01-01")).toBe(0);
  expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(addDays("1970-01-01", -1)).toBe("1969-12-31");
  expect(daysBetween("2026-03-31", "2026-03-01")).toBe(-30);
  expect(isCivilDate("0001-01-01")).toBe(true);
});

test("knows what is no day", () => {
  for (const value of [
    "2026-02-30",
    "2100-02-29",
    "0000-01-01",
    "2026-00-10",
    "2026-01-00",
    "2026-13-01",
    "2026-1-1",
    "2026-01-01T00:00",
    "",
    20260101,
    null,
  ]) {
    expect(isCivilDate(value)).toBe(false);
  }
});

test("dates and day numbers convert both ways, as the platform's own calendar does", () => {
  fc.assert(
    fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
      const date = civilDateOf(day);
      expect(date).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      expect(epochDayOf(date)).toBe(day);
    }),
    { numRuns: 1000 },
  );
});

test("stops at the ends of four-digit years", () => {
  expect(civilDateOf(epochDayOf("9999-12-31"))).toBe("9999-12-31");
  expect(() => addDays("9999-12-31", 1)).toThrow(RangeError);
  expect(() => addDays("0001-01-01", -1)).toThrow(RangeError);
  expect(() => addDays("yesterday", 1)).toThrow(RangeError);
});
