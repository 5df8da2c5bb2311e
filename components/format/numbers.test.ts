import { describe, expect, it } from "vitest";
import { inSd } from "@/lib/number-text";
import { bare, decimal, hoursMinutes, pValue, signed, signedPercent, whole, wholeBeside } from "./numbers";

describe("numbers", () => {
  it("parts thousands with a thin space", () => {
    expect([whole(999), whole(1000), whole(1_234_567), whole(-1500)]).toEqual([
      "999",
      "1\u2009000",
      "1\u2009234\u2009567",
      "−1\u2009500",
    ]);
  });

  it("writes a real minus and shows the plus", () => {
    expect([signed(-1.94, 1, "en-GB"), signed(0.2, 1, "en-GB"), signed(0, 1, "en-GB")]).toEqual([
      "−1.9",
      "+0.2",
      "0.0",
    ]);
  });

  it("never writes a signed nothing", () => {
    expect([signed(-0.01, 1, "en-GB"), decimal(-0.01, 1, "en-GB")]).toEqual(["0.0", "0.0"]);
  });

  it("tells a value in own SDs on its own side of the rules' limits", () => {
    const told = [-0.98, -1, -1.04, -1.004, -0.4996, 1.02, -1.74, 0.2, 0].map((value) =>
      inSd(value, "en-GB"),
    );
    expect(told).toEqual(["−0.98", "−1.0", "−1.04", "−1.004", "−0.4996", "+1.02", "−1.7", "+0.2", "0.0"]);
    const sentences = [-0.98, 1.02, -1.74].map((value) => inSd(value, "en-GB"));
    expect(sentences).toEqual(["−0.98", "+1.02", "−1.7"]);
  });

  it("tells a number beside its limit so that one sees which is larger", () => {
    const pair = (value: number, limit: number) =>
      [wholeBeside(value, [limit], "en-GB"), wholeBeside(limit, [value], "en-GB")].join(" ");
    expect([
      pair(45.2, 45.4),
      pair(44.4, 45.4),
      pair(45.42, 45.44),
      pair(1000.4, 1000.2),
      pair(45, 45),
    ]).toEqual(["45.2 45.4", "44 45", "45.42 45.44", "1000.4 1000.2", "45 45"]);
    expect(wholeBeside(1200.4, [45], "fi-FI")).toBe("1\u2009200");
    expect(wholeBeside(45.2, [45.4], "fi-FI")).toBe("45,2");
  });

  it("uses the locale's decimal mark", () => {
    expect([signed(1.5, 1, "fi-FI"), decimal(-12.25, 2, "fi-FI")]).toEqual(["+1,5", "−12,25"]);
  });

  it("writes a change in percent with a space", () => {
    expect(signedPercent(12.6, "en-GB")).toBe("+13 %");
  });

  it("drops the leading zero of what cannot exceed one, where a point follows it", () => {
    const both = (value: number) => [bare(value, 2, "en-GB"), bare(value, 2, "fi-FI")];
    expect([0.012, -0.31, 1, -0.001].map(both)).toEqual([
      [".01", "0,01"],
      ["−.31", "−0,31"],
      ["1.00", "1,00"],
      [".00", "0,00"],
    ]);
    expect([0.0004, 0.0042, 0.14].map((p) => pValue(p, "en-GB"))).toEqual([
      "p < .001",
      "p = .004",
      "p = .14",
    ]);
    expect([0.0004, 0.14].map((p) => pValue(p, "fi-FI"))).toEqual(["p < 0,001", "p = 0,14"]);
  });

  it("writes hours and minutes", () => {
    expect([hoursMinutes(0), hoursMinutes(29_969), hoursMinutes(3599)]).toEqual(["0:00", "8:19", "1:00"]);
  });
});
