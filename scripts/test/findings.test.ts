import { expect, it } from "vitest";
import { describeFinding, findInPlaywright, findInVitest } from "./findings";

const vitestFile = (status: string, tests: [string, string, string[]][], message = "") => ({
  name: "/a/file.test.ts",
  status,
  message,
  assertionResults: tests.map(([fullName, own, failureMessages]) => ({
    fullName,
    status: own,
    failureMessages,
  })),
});

it("tells a failed test of vitest from one that passed when repeated", () => {
  const report = {
    testResults: [
      vitestFile("failed", [
        ["fine", "passed", []],
        ["broken", "failed", ["expected 1 to be 2"]],
        ["shaky", "passed", ["timed out"]],
      ]),
    ],
  };
  expect(findInVitest(report)).toEqual([
    { test: "broken", outcome: "failed", message: "expected 1 to be 2" },
    { test: "shaky", outcome: "repeated", message: "timed out" },
  ]);
});

it("tells of a test file that did not load", () => {
  const report = { testResults: [vitestFile("failed", [], "Cannot find module")] };
  expect(findInVitest(report)).toEqual([
    { test: "/a/file.test.ts", outcome: "failed", message: "Cannot find module" },
  ]);
});

it("reads browser tests at any depth", () => {
  const spec = (title: string, status: string, ...errors: string[]) => ({
    title,
    file: "own.spec.ts",
    tests: [{ status, results: [{ errors: errors.map((message) => ({ message })) }, { errors: [] }] }],
  });
  const report = {
    suites: [
      {
        specs: [spec("fine", "expected"), spec("broken", "unexpected", "no such link")],
        suites: [{ specs: [spec("shaky", "flaky", "timed out")] }],
      },
    ],
  };
  expect(findInPlaywright(report)).toEqual([
    { test: "own.spec.ts › broken", outcome: "failed", message: "no such link" },
    { test: "own.spec.ts › shaky", outcome: "repeated", message: "timed out" },
  ]);
});

it("keeps a finding short", () => {
  const message = Array.from({ length: 40 }, (_, at) => `line ${at}`).join("\n");
  const text = describeFinding({ test: "long", outcome: "repeated", message });
  expect(text.split("\n")).toHaveLength(16);
  expect(text).toMatch(/^Passed only when repeated: long\n {4}line 0\n/);
});
