import { expect, it } from "vitest";
import { countPlaywright, countVitest, reconcile } from "./counts";

const file = (status: string, ...tests: string[]) => ({
  name: "/a/file.test.ts",
  status,
  assertionResults: tests.map((test) => ({ status: test, fullName: "a test" })),
});

it("counts a test file that could not be run as a failure", () => {
  const report = {
    numPassedTests: 3,
    testResults: [file("passed", "passed", "passed"), file("failed"), file("passed", "passed")],
  };
  expect(countVitest(report)).toEqual({ passed: 3, failed: 1 });
});

it("counts each failed test once, whatever its file says", () => {
  const report = {
    numPassedTests: 1,
    testResults: [file("failed", "passed", "failed", "failed", "pending")],
  };
  expect(countVitest(report)).toEqual({ passed: 1, failed: 2 });
});

it("counts a browser test that passed when repeated as passed", () => {
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 2 } })).toEqual({
    passed: 6,
    failed: 1,
  });
});

it("believes neither an exit code nor an empty report alone", () => {
  expect(reconcile({ passed: 5, failed: 0 }, false)).toEqual({ passed: 5, failed: 1 });
  expect(reconcile({ passed: 0, failed: 0 }, true)).toEqual({ passed: 0, failed: 1 });
  expect(reconcile({ passed: 5, failed: 0 }, true)).toEqual({ passed: 5, failed: 0 });
});
