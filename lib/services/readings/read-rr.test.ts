import { describe, expect, it } from "vitest";
import { ReadingInputError } from "./problems";
import { readRr } from "./read-rr";

const beats = Array.from({ length: 80 }, (_, i) => 900 + (i % 7) * 12);

function problemOf(text: string) {
  try {
    readRr(text);
  } catch (error) {
    if (error instanceof ReadingInputError) return error.problems[0];
    throw error;
  }
  return undefined;
}

describe("an RR text file", () => {
  it.each([
    ["one interval a line", beats.join("\n")],
    ["Windows line ends and a heading", `RR-interval [ms]\r\n${beats.join("\r\n")}\r\n`],
    ["all in one line", beats.join(", ")],
    ["seconds", beats.map((rr) => (rr / 1000).toFixed(3)).join("\n")],
    ["a column beside the time", beats.map((rr, i) => `${i * 0.9}\t${rr}`).join("\n")],
    [
      "a column by its heading, before another",
      `Phone timestamp;RR-interval [ms];HR\n${beats.map((rr) => `2026-03-01T06:00;${rr};60`).join("\n")}`,
    ],
  ])("with %s", (_name, text) => {
    expect(readRr(text)).toEqual(beats);
  });

  it("names the line that is no interval", () => {
    const spoilt = beats.map(String);
    spoilt[41] = "9x3";
    expect(problemOf(spoilt.join("\n"))).toEqual({ line: 42, field: "rr", problem: "no-number" });
    spoilt[41] = "99000";
    expect(problemOf(spoilt.join("\n"))).toEqual({ line: 42, field: "rr", problem: "out-of-range" });
    expect(problemOf(["80x", ...beats].join("\n"))).toEqual({ line: 1, field: "rr", problem: "no-number" });
  });

  it("refuses what is too short to reduce", () => {
    expect(problemOf(beats.slice(0, 59).join("\n"))).toMatchObject({ problem: "too-few" });
    expect(problemOf("")).toMatchObject({ problem: "empty" });
  });
});
