import { describe, expect, it } from "vitest";
import { cityOf, civil, clock, clockOrDay, elapsed, moment, mondaysBetween } from "./dates";

describe("dates", () => {
  it("names a civil date in both languages", () => {
    expect(civil("2026-11-19", "short", "en-GB")).toBe("Thu 19 Nov");
    expect(civil("2026-11-19", "long", "en-GB")).toBe("Thursday 19 November");
    expect(civil("2026-11-19", "short", "fi-FI")).toBe("to 19.11.");
  });

  it("reads the clock in the squad's zone", () => {
    const at = Date.parse("2026-06-01T22:30:00Z");
    expect([clock(at, "Europe/Helsinki"), clock(at, "UTC")]).toEqual(["01:30", "22:30"]);
  });

  it("names the day only when it is another one in that zone", () => {
    const at = Date.parse("2026-06-01T22:30:00Z");
    expect(clockOrDay(at, { timeZone: "Europe/Helsinki", date: "2026-06-02", locale: "en-GB" })).toBe(
      "01:30",
    );
    expect(clockOrDay(at, { timeZone: "UTC", date: "2026-06-02", locale: "en-GB" })).toBe("Mon 1 Jun");
    expect(moment(at, { timeZone: "Europe/Helsinki", date: "2026-06-02", locale: "en-GB" })).toBe("01:30");
    expect(moment(at, { timeZone: "UTC", date: "2026-06-02", locale: "fi-FI" })).toBe("ma 1.6. 22:30");
  });

  it("tells elapsed time in the unit that fits", () => {
    const minute = 60_000;
    expect(elapsed(0, 17 * minute)).toEqual({ unit: "minutes", count: 17 });
    expect(elapsed(0, 5 * 60 * minute)).toEqual({ unit: "hours", count: 5 });
    expect(elapsed(0, 72 * 60 * minute)).toEqual({ unit: "days", count: 3 });
    expect(elapsed(minute, 0)).toEqual({ unit: "minutes", count: 0 });
  });

  it("finds the Mondays of a span", () => {
    expect(mondaysBetween("2026-11-01", "2026-11-25", 1)).toEqual([
      "2026-11-02",
      "2026-11-09",
      "2026-11-16",
      "2026-11-23",
    ]);
    expect(mondaysBetween("2026-11-01", "2026-11-25", 2)).toEqual(["2026-11-09", "2026-11-23"]);
  });

  it("shows a zone by its city", () => {
    expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  });
});
