import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, buildIsCurrent } from "../run/build";
import { readJson } from "../run/files";
import { type CommandResult, runTool } from "./command";
import { type Counts, countPlaywright, countVitest, reconcile } from "./counts";
import { type Finding, findInPlaywright, findInVitest } from "./findings";

/** What steps share: their environment, a folder for reports and a database server for those that need one. */
export type Surroundings = { env: NodeJS.ProcessEnv; reports: string; databaseUrl(): Promise<string> };
export type StepResult = { counts: Counts; output: string; findings?: Finding[] };
export type Step = { name: string; what: string; run(surroundings: Surroundings): Promise<StepResult> };

function asOne({ ok, output }: CommandResult): StepResult {
  return { counts: ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }, output };
}

type Reading = { count: (report: unknown) => Counts; find: (report: unknown) => Finding[] };

function counted({ ok, output }: CommandResult, report: string, { count, find }: Reading): StepResult {
  const parsed = readJson(report);
  if (parsed === undefined) return { counts: { passed: 0, failed: 1 }, output };
  return { counts: reconcile(count(parsed), ok), output, findings: find(parsed) };
}

async function checkTypes({ env }: Surroundings): Promise<StepResult> {
  // Next generates the types of the routes; without them tsc does not know the pages' props.
  const routes = await runTool({ packageName: "next", command: "next", args: ["typegen"] }, env);
  if (!routes.ok) return asOne(routes);
  return asOne(await runTool({ packageName: "typescript", command: "tsc", args: ["--noEmit"] }, env));
}

async function checkImports({ env }: Surroundings): Promise<StepResult> {
  const places = [
    "app",
    "components",
    "lib",
    "db",
    "inngest",
    "i18n",
    "simulator",
    "scripts",
    "tests",
    "bench",
  ];
  const args = ["--config", ".dependency-cruiser.cjs", ...places.filter((place) => existsSync(place))];
  return asOne(await runTool({ packageName: "dependency-cruiser", command: "depcruise", args }, env));
}

async function runVitest(project: string, { env, reports, databaseUrl }: Surroundings): Promise<StepResult> {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", "--project", project, ...reporters];
  const withDatabase = { ...env, TEST_DATABASE_URL: await databaseUrl() };
  const result = await runTool({ packageName: "vitest", command: "vitest", args }, withDatabase);
  return counted(result, report, { count: countVitest, find: findInVitest });
}

async function buildApp(): Promise<StepResult> {
  return asOne(buildIsCurrent() ? { ok: true, output: "" } : await build());
}

async function runPlaywright({ env, reports }: Surroundings): Promise<StepResult> {
  const report = join(reports, "browser.json");
  rmSync(report, { force: true });
  const withReport = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const tool = { packageName: "@playwright/test", command: "playwright", args: ["test"] };
  return counted(await runTool(tool, withReport), report, { count: countPlaywright, find: findInPlaywright });
}

function tool(packageName: string, command: string, args: string[]): Step["run"] {
  return async ({ env }) => asOne(await runTool({ packageName, command, args }, env));
}

/** All checks, in the order they run: the quick ones first. */
export const steps: readonly Step[] = [
  { name: "biome", what: "format and lint", run: tool("@biomejs/biome", "biome", ["ci", "--colors=off"]) },
  { name: "types", what: "types", run: checkTypes },
  { name: "imports", what: "directions of import", run: checkImports },
  { name: "unused", what: "unused code", run: tool("knip", "knip", []) },
  { name: "unit", what: "unit tests", run: (surroundings) => runVitest("unit", surroundings) },
  {
    name: "integration",
    what: "integration tests",
    run: (surroundings) => runVitest("integration", surroundings),
  },
  { name: "build", what: "production build", run: buildApp },
  { name: "browser", what: "browser tests", run: runPlaywright },
];
