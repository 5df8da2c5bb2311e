import { describe, expect, it } from "vitest";
import { bandPath, dayAxis, dotsPath, linePath, msTicks, percentOf, xOf } from "./day-axis";

const axis = dayAxis("2026-11-01", 10);
const day = (date: string, y: number | null) => ({ date, y });

describe("the time axis", () => {
  it("puts a day in the middle of its column", () => {
    expect([xOf(axis, "2026-11-01"), xOf(axis, "2026-11-10")]).toEqual([50, 950]);
    expect(percentOf(axis, "2026-11-01")).toBe("5%");
  });

  it("breaks a line where a day is missing or unknown", () => {
    const days = [
      day("2026-11-01", 1),
      day("2026-11-02", 2),
      day("2026-11-04", 3),
      day("2026-11-05", null),
      day("2026-11-06", 4),
    ];
    expect(linePath(axis, days, ({ y }) => y)).toBe("M50,1L150,2M350,3ZM550,4Z");
  });

  it("draws dots only where there is a value", () => {
    expect(dotsPath(axis, [day("2026-11-01", 1.26), day("2026-11-02", null)], ({ y }) => y)).toBe(
      "M50 1.3h0",
    );
  });

  it("closes a band around each unbroken run", () => {
    const days = [day("2026-11-01", 1), day("2026-11-02", 2), day("2026-11-03", null), day("2026-11-04", 5)];
    const band = bandPath(axis, days, ({ y }) => (y === null ? null : { top: y, bottom: y + 10 }));
    expect(band).toBe("M50,1L150,2L150,12L50,11ZM350,5L350,15Z");
  });

  it("labels a logarithmic axis with round numbers", () => {
    expect(msTicks(38, 82)).toEqual([40, 50, 60, 70, 80]);
    expect(msTicks(44, 56)).toEqual([45, 50, 55]);
  });
});
