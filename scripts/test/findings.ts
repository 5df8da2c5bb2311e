import { z } from "zod";

/** A test that did not simply pass. `repeated`: it failed, was run again, and passed. */
export type Finding = { test: string; outcome: "failed" | "repeated"; message: string };

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
    }),
  ),
});
type Suite = { specs: z.infer<typeof specSchema>[]; suites?: Suite[] | undefined };
const suiteSchema: z.ZodType<Suite> = z.object({
  specs: z.array(specSchema),
  suites: z.lazy(() => z.array(suiteSchema)).optional(),
});
const playwrightSchema = z.object({ suites: z.array(suiteSchema) });

/** What vitest's JSON report has to tell: failed tests, those that passed when repeated, files that did not load. */
export function findInVitest(report: unknown): Finding[] {
  return vitestSchema.parse(report).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.flatMap(({ status: own, fullName, failureMessages }): Finding[] => {
      const told = failureMessages ?? [];
      if (own !== "failed" && told.length === 0) return [];
      return [
        { test: fullName, outcome: own === "failed" ? "failed" : "repeated", message: told.join("\n") },
      ];
    });
    if (status !== "failed" || tests.some(({ outcome }) => outcome === "failed")) return tests;
    return [...tests, { test: name, outcome: "failed" as const, message: message ?? "" }];
  });
}

function specsOf({ specs, suites = [] }: Suite): Suite["specs"] {
  return [...specs, ...suites.flatMap(specsOf)];
}

/** What Playwright's JSON report has to tell: failed tests, and those that passed when repeated. */
export function findInPlaywright(report: unknown): Finding[] {
  return playwrightSchema
    .parse(report)
    .suites.flatMap(specsOf)
    .flatMap(({ title, file, tests }) =>
      tests.flatMap(({ status, results }): Finding[] => {
        if (status !== "unexpected" && status !== "flaky") return [];
        const errors = results.flatMap((result) => result.errors.map(({ message = "" }) => message));
        const outcome = status === "flaky" ? "repeated" : "failed";
        return [{ test: `${file} › ${title}`, outcome, message: errors.join("\n") }];
      }),
    );
}

const LINES = 15;

/** A finding in a few lines, for the end of a long output. */
export function describeFinding({ test, outcome, message }: Finding): string {
  const lines = message.trim().split("\n").slice(0, LINES);
  const heading = outcome === "failed" ? "Failed" : "Passed only when repeated";
  return [`${heading}: ${test}`, ...lines.map((line) => `    ${line}`)].join("\n");
}
