import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prematureEvery, rmssd, sinus } from "../tests/support/hrv/recordings";

// Each starts a process: generous where a machine is busy.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rr-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function rr(args: string[], input = "") {
  const run = spawnSync(process.execPath, ["--import", "tsx", "scripts/rr.ts", ...args], {
    input,
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  return { code: run.status, out: run.stdout, error: run.stderr };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const beats = sinus({ rrMs: 950, rmssdMs: 55, seed: 21 });

test("prints exactly the published fields, from a file or standard input", () => {
  const { code, out, error } = rr(["-"], beats.join("\n"));
  expect([code, error]).toEqual([0, ""]);
  expect(out.trimEnd().split("\n")).toHaveLength(1);
  const report = JSON.parse(out);
  expect(Object.keys(report)).toEqual(
    "beats durationS rmssdMs meanRrMs quality acceptedShare coverage secondEstimateMs reasons columns".split(
      " ",
    ),
  );
  expect(report).toMatchObject({
    beats: beats.length,
    durationS: beats.reduce((sum, value) => sum + value, 0) / 1000,
    quality: "good",
    coverage: null,
    reasons: [],
    columns: { rr: 0, time: null, unit: "ms" },
  });
  expect(Math.abs(report.rmssdMs / rmssd(beats) - 1)).toBeLessThan(0.05);
  expect(Math.abs(report.secondEstimateMs / rmssd(beats) - 1)).toBeLessThan(0.05);
  expect(rr([file("beats.txt", beats.join("\r\n"))]).out).toBe(out);
});

test("ends with 0 for a poor and a rejected recording too", () => {
  const poor = JSON.parse(rr(["-"], prematureEvery(beats, 12, 0.35).join("\n")).out);
  expect(poor).toMatchObject({ quality: "poor", reasons: ["artefacts"] });
  const few = rr(["-"], beats.slice(0, 40).join("\n"));
  expect(few.code).toBe(0);
  expect(JSON.parse(few.out)).toMatchObject({ quality: "rejected", reasons: ["too-few"], beats: 40 });
});

test("tells coverage by the time column, whichever half of the beats is missing", () => {
  let endedMs = 0;
  const lines = beats.map((value) => {
    endedMs += value;
    return `${(endedMs / 1000).toFixed(3)};${(value / 1000).toFixed(3)}`;
  });
  const half = lines.filter((_, i) => i % 2 === 0);
  const report = JSON.parse(rr(["-"], `Time [s];RR [s]\n${half.join("\n")}`).out);
  expect(report).toMatchObject({ quality: "rejected", reasons: expect.arrayContaining(["gaps"]) });
  expect(report.coverage).toBeCloseTo(0.5, 1);
  expect(report.columns).toEqual({ rr: "RR [s]", time: "Time [s]", unit: "s" });
});

test("ends with 2 and one line for what cannot be read", () => {
  const cases: [string[], string, string][] = [
    [["-"], "", "file: "],
    [["-"], beats.with(41, -1).join("\n"), "line 42, rr: "],
    [["-"], `time;foo;hr\n${beats.map((value) => `1;${value};60`).join("\n")}`, "rr: "],
    [["-"], beats.map((value) => Math.round(60_000 / value)).join("\n"), "rr: "],
    [[join(folder, "nowhere.txt")], "", join(folder, "nowhere.txt")],
    [[file("table.xlsx", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]))], "", "file: "],
    [[], "", "usage: "],
  ];
  for (const [args, input, start] of cases) {
    const { code, out, error } = rr(args, input);
    expect([code, out]).toEqual([2, ""]);
    expect(error.startsWith(start), error).toBe(true);
    expect(error.trimEnd().split("\n")).toHaveLength(1);
  }
});

test("takes the column it is told", () => {
  const text = `a;b;c\n${beats.map((value) => `61;${value};x`).join("\n")}`;
  expect(JSON.parse(rr(["-", "--column", "1"], text).out)).toMatchObject({
    quality: "good",
    columns: { rr: "b" },
  });
});

test("a hundred thousand beats are a matter of seconds, and too many", () => {
  const night = Array.from({ length: 100_000 }, (_, i) => beats[i % beats.length]);
  const before = Date.now();
  const { code, out } = rr(["-"], night.join("\n"));
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ beats: 100_000, quality: "rejected", reasons: ["too-many"] });
  expect(Date.now() - before).toBeLessThan(20_000);
});
