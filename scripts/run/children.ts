import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { RunLock } from "./lock";
import { endProcesses, recordOf } from "./processes";

export type ChildSpec = {
  name: string;
  args: string[];
  /** What happens when it ends by itself: it is started again, the whole run ends, or a failure is told. */
  whenItDies: "restart" | "end-run" | "report";
  /** Its own words go to a log file, or also to this terminal. */
  output: "log" | "terminal";
};

export type Children = {
  start(spec: ChildSpec): void;
  /** Resolves with a sentence when a part has died that the run cannot do without. */
  fatal: Promise<string>;
  stop(names: readonly string[], graceMs: number): Promise<void>;
};

type Context = { dataDir: string; environment: NodeJS.ProcessEnv; lock: RunLock; say(line: string): void };

const restartDelaysMs = [250, 1_000, 3_000, 10_000, 30_000];
const logLimitBytes = 10_000_000;

export function logFileOf(dataDir: string, name: string): string {
  return join(dataDir, "logs", `${name}.log`);
}

function openLog(dataDir: string, name: string): number {
  const file = logFileOf(dataDir, name);
  mkdirSync(join(dataDir, "logs"), { recursive: true });
  if (existsSync(file) && statSync(file).size > logLimitBytes) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/** The last lines of a part's log, for a sentence about its death. */
export function logTail(dataDir: string, name: string, lines = 15): string {
  const file = logFileOf(dataDir, name);
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n") : "";
}

function launch(spec: ChildSpec, context: Context): ChildProcess {
  const log = spec.output === "log" ? openLog(context.dataDir, spec.name) : undefined;
  const output = log ?? "inherit";
  const child = spawn(process.execPath, spec.args, {
    env: context.environment,
    // The channel closes with this process: a child that listens for it does not outlive a killed supervisor.
    stdio: ["ignore", output, output, "ipc"],
    // Its own group, so that Ctrl-C reaches only this process, which then stops the parts in order.
    detached: true,
  });
  if (log !== undefined) closeSync(log);
  return child;
}

/** Starts and watches the parts of a run. */
export function superviseChildren(context: Context): Children {
  const running = new Map<string, ChildProcess>();
  const stopping = new Set<string>();
  let endRun: (sentence: string) => void;
  const fatal = new Promise<string>((resolve) => {
    endRun = resolve;
  });

  function died(spec: ChildSpec, how: string, deaths: number): void {
    if (stopping.has(spec.name)) return;
    if (spec.whenItDies === "end-run") {
      const tail = spec.output === "log" ? `\n${logTail(context.dataDir, spec.name)}` : "";
      endRun(`The ${spec.name} ended by itself (${how}), so everything stops.${tail}`);
      return;
    }
    if (spec.whenItDies === "report") {
      if (how !== "code 0") context.say(`The ${spec.name} did not finish (${how}); the rest goes on.`);
      return;
    }
    const delayMs = restartDelaysMs[Math.min(deaths, restartDelaysMs.length - 1)] ?? 0;
    context.say(`The ${spec.name} ended by itself (${how}); starting it again.`);
    wait(delayMs).then(() => stopping.has(spec.name) || begin(spec, deaths + 1));
  }

  function begin(spec: ChildSpec, deaths: number): void {
    const startedAt = Date.now();
    const child = launch(spec, context);
    running.set(spec.name, child);
    child.once("error", (error) => died(spec, error.message, deaths));
    if (child.pid === undefined) return;
    context.lock.recordChild(spec.name, recordOf(child.pid));
    child.once("exit", (code, signalName) => {
      running.delete(spec.name);
      const calm = Date.now() - startedAt > 60_000;
      died(spec, signalName ?? `code ${code}`, calm ? 0 : deaths);
    });
  }

  async function stop(names: readonly string[], graceMs: number): Promise<void> {
    for (const name of names) stopping.add(name);
    const pids = names.map((name) => running.get(name)?.pid).filter((pid) => pid !== undefined);
    await endProcesses(pids.map(recordOf), graceMs);
    for (const name of names) context.lock.recordChild(name, undefined);
  }

  return { start: (spec) => begin(spec, 0), fatal, stop };
}
