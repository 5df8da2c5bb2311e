import { z } from "zod";
import { findInVitest } from "./findings";

export type Counts = { passed: number; failed: number };

const vitestSchema = z.object({ numPassedTests: z.number() });

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Counts of vitest's JSON report; a file that could not be run at all counts as one failure. */
export function countVitest(report: unknown): Counts {
  const { numPassedTests } = vitestSchema.parse(report);
  const failed = findInVitest(report).filter(({ outcome }) => outcome === "failed").length;
  return { passed: numPassedTests, failed };
}

/** Counts of Playwright's JSON report; a test that passed when repeated has passed, and findings.ts names it. */
export function countPlaywright(report: unknown): Counts {
  const { expected, unexpected, flaky } = playwrightSchema.parse(report).stats;
  return { passed: expected + flaky, failed: unexpected };
}

/** A tool's exit code and its report must agree: a failure that the report does not show still counts as one. */
export function reconcile(counts: Counts, ok: boolean): Counts {
  if (!ok && counts.failed === 0) return { ...counts, failed: 1 };
  // A run in which nothing ran proves nothing.
  if (ok && counts.passed === 0) return { passed: 0, failed: Math.max(1, counts.failed) };
  return counts;
}
