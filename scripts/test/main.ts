import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { variables } from "@/lib/env";
import { type ScratchPostgres, startScratchPostgres } from "../run/postgres/scratch";
import { StartProblem } from "../run/problem";
import { endCurrentTool } from "./command";
import type { Counts } from "./counts";
import { describeFinding, type Finding } from "./findings";
import { type Step, type StepResult, type Surroundings, steps } from "./steps";

function chosenSteps(args: string[]): readonly Step[] {
  const { values } = parseArgs({ args, options: { only: { type: "string" } } });
  if (!values.only) return steps;
  const names = values.only.split(",");
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown === undefined) return steps.filter((step) => names.includes(step.name));
  throw new StartProblem(
    `There is no check "${unknown}"; there are ${steps.map((step) => step.name).join(", ")}.`,
  );
}

/** The environment without the app's own settings: a test must not depend on what the shell or .env holds. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
  for (const name of ["FORCE_COLOR", ...Object.keys(variables)]) Reflect.deleteProperty(env, name);
  return env;
}

/** The server of TEST_DATABASE_URL, or a scratch one that starts when the first step asks for it. */
function lazyDatabase() {
  let server: Promise<ScratchPostgres> | undefined;
  return {
    async url() {
      if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
      server ??= startScratchPostgres();
      return (await server).url;
    },
    stop: async () => (await server)?.stop(),
  };
}

/** A check that could not even be run has failed; the others still run. */
function brokenStep(error: unknown): StepResult {
  return {
    counts: { passed: 0, failed: 1 },
    output: error instanceof Error ? String(error.stack) : String(error),
  };
}

async function runStep(step: Step, surroundings: Surroundings): Promise<StepResult> {
  const startedAt = Date.now();
  const result = await step.run(surroundings).catch(brokenStep);
  const { counts, output } = result;
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1);
  if (counts.failed > 0) console.log(`\n${output.trimEnd()}\n`);
  const mark = counts.failed > 0 ? "✗" : "✓";
  console.log(`${mark} ${step.what}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  return result;
}

/** Runs the checks one after another, all of them even when one fails, and sums up on the last line. */
export async function runChecks(args: string[]): Promise<void> {
  const chosen = chosenSteps(args);
  const reports = mkdtempSync(join(tmpdir(), "restday-reports-"));
  const database = lazyDatabase();
  const surroundings: Surroundings = { env: plainEnvironment(), reports, databaseUrl: database.url };
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    endCurrentTool();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, interrupt);
  const total: Counts = { passed: 0, failed: 0 };
  const findings: Finding[] = [];
  try {
    for (const step of chosen) {
      if (interrupted) break;
      const result = await runStep(step, surroundings);
      total.passed += result.counts.passed;
      total.failed += result.counts.failed;
      findings.push(...(result.findings ?? []));
    }
  } finally {
    await database.stop();
    rmSync(reports, { recursive: true, force: true });
  }
  for (const finding of findings) console.log(`\n${describeFinding(finding)}`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(interrupted || total.failed > 0 ? 1 : 0);
}
