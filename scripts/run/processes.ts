import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const onLinux = process.platform === "linux";

function read<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

/** The fields of /proc/<pid>/stat behind the command: state first, start time at index 19. */
function statFields(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
}

function linuxIdentity(pid: number): string | undefined {
  const fields = read(() => statFields(pid));
  if (!fields || fields[0] === "Z") return undefined;
  const boot = read(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()) ?? "";
  return `${boot}:${fields[19]}`;
}

/** What tells this process from a later one with the same pid; undefined when it does not run. */
export function identityOf(pid: number): string | undefined {
  if (onLinux) return linuxIdentity(pid);
  if (process.platform === "win32") return read(() => process.kill(pid, 0)) ? "running" : undefined;
  const started = read(() =>
    execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim(),
  );
  return started || undefined;
}

export type ProcessRecord = { pid: number; identity: string };

export function recordOf(pid: number): ProcessRecord {
  return { pid, identity: identityOf(pid) ?? "" };
}

/** True while the very process that was recorded runs. */
export function stillRuns(record: ProcessRecord): boolean {
  return record.identity !== "" && identityOf(record.pid) === record.identity;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  read(() => process.kill(pid, name));
}

/** Waits until none of them runs; false when some still do after the given time. */
export async function waitForEnd(records: readonly ProcessRecord[], timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (records.some(stillRuns)) {
    if (Date.now() > deadline) return false;
    await wait(50);
  }
  return true;
}

/** Ends recorded processes: politely first, by force after the given time. */
export async function endProcesses(records: readonly ProcessRecord[], graceMs: number): Promise<void> {
  const running = records.filter(stillRuns);
  for (const record of running) signal(record.pid, "SIGTERM");
  if (await waitForEnd(running, graceMs)) return;
  for (const record of running.filter(stillRuns)) signal(record.pid, "SIGKILL");
  await waitForEnd(running, 5_000);
}

/** Processes whose executable has this name and whose working directory is this folder (Linux; empty elsewhere). */
export function processesIn(folder: string, executable: string): ProcessRecord[] {
  if (!onLinux) return [];
  const pids = (read(() => readdirSync("/proc")) ?? []).map(Number).filter(Number.isInteger);
  const matching = pids.filter((pid) => {
    // A reinstall replaces the file under a running process: Linux then adds " (deleted)".
    const path = read(() => readlinkSync(`/proc/${pid}/exe`))?.replace(/ \(deleted\)$/, "");
    return path?.split("/").at(-1) === executable && read(() => readlinkSync(`/proc/${pid}/cwd`)) === folder;
  });
  return matching.map(recordOf);
}
