import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export type CommandResult = { ok: boolean; output: string };

const manifestSchema = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) });
const timeoutMs = 25 * 60_000;
let current: ChildProcess | undefined;

/** The script behind a package's command: run through this Node, without npx, a shell or a wrapper that could die alone. */
function scriptOf(packageName: string, command: string): string {
  const folder = join("node_modules", packageName);
  const { bin } = manifestSchema.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
  const path = typeof bin === "string" ? bin : bin[command];
  if (!path) throw new Error(`${packageName} has no command ${command}`);
  return join(folder, path);
}

/** Runs a tool to its end, keeping what it says. */
export function runTool(
  tool: { packageName: string; command: string; args: string[] },
  env: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  const script = scriptOf(tool.packageName, tool.command);
  const child = spawn(process.execPath, [script, ...tool.args], { env, stdio: ["ignore", "pipe", "pipe"] });
  current = child;
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const timer = setTimeout(() => child.kill("SIGTERM"), timeoutMs);
  return new Promise((resolve) => {
    const end = (ok: boolean) => {
      clearTimeout(timer);
      resolve({ ok, output });
    };
    child.once("error", (error) => {
      output += error.message;
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}

/** Ends the tool that is running, when the person presses Ctrl-C. */
export function endCurrentTool(): void {
  current?.kill("SIGTERM");
}
