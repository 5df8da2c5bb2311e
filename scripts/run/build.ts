import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "./problem";

export const nextCommand = "node_modules/next/dist/bin/next";

const stampFile = join(".next", "restday-sources");
const notBuilt = new Set([
  "node_modules",
  "tests",
  "docs",
  "bench",
  "simulator",
  "scripts",
  "test-results",
  "playwright-report",
]);
// Next writes these itself during a build.
const generated = new Set(["next-env.d.ts", "tsconfig.json"]);
const isSource = (name: string) =>
  /\.(tsx?|mjs|cjs|js|json|css|svg|png|ico|woff2|webmanifest|sql)$/.test(name);

function sourcesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith(".") || entry.isSymbolicLink()) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notBuilt.has(path) ? [] : sourcesBelow(path);
    return isSource(entry.name) && !/\.test\.tsx?$/.test(entry.name) && !generated.has(entry.name)
      ? [path]
      : [];
  });
}

/** A hash over everything a build reads: sources, settings of the tools, lock file, Node's major version. */
export function sourceHash(): string {
  const hash = createHash("sha256").update(process.versions.node.split(".")[0] ?? "");
  for (const path of sourcesBelow("."))
    hash.update(path).update("\0").update(readFileSync(path)).update("\0");
  return hash.digest("hex");
}

/** True when `.next` was built from these very sources. */
export function buildIsCurrent(): boolean {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === sourceHash();
}

export type BuildResult = { ok: boolean; output: string };

/** Runs `next build` and remembers the sources it was made of. */
export async function build(stop?: AbortSignal): Promise<BuildResult> {
  const hash = sourceHash();
  const child = spawn(process.execPath, [nextCommand, "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    ...(stop ? { signal: stop } : {}),
  });
  child.once("error", (error) => (output += error.message));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code === 0) writeFileSync(stampFile, hash);
  return { ok: code === 0, output };
}

export async function ensureBuilt(input: { say(line: string): void; stop: AbortSignal }): Promise<void> {
  if (buildIsCurrent()) return;
  input.say("Building the app (half a minute or so, only after a change) …");
  const result = await build(input.stop);
  if (!result.ok) throw new StartProblem(`The app could not be built:\n${result.output}`);
}
