import { spawn } from "node:child_process";

/**
 * Runs one sync in a process of its own that ends by SIGKILL at its step number `deathAt`: before a statement, a
 * commit or a request, or after an answer.
 * @param input.script - `worker-process.ts`, bundled
 * @returns true when it was killed before it was done
 */
export async function syncInKilledProcess(input: {
  script: string;
  url: string;
  athleteId: string;
  now: Date;
  deathAt: number;
}): Promise<boolean> {
  const { athleteId, now, deathAt } = input;
  const child = spawn(process.execPath, [input.script, athleteId, now.toISOString(), String(deathAt)], {
    env: { ...process.env, DATABASE_URL: input.url },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (chunk) => {
    complaint += chunk;
  });
  const signal = await new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
  if (signal === null && child.exitCode !== 0) throw new Error(`The worker failed: ${complaint}`);
  return signal === "SIGKILL";
}
