import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { acquireRunLock } from "./lock";
import { recordOf, stillRuns } from "./processes";

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "restday-lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function startProcess() {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  children.push(child);
  return { child, record: recordOf(child.pid ?? 0) };
}

async function endedProcess() {
  const { child, record } = startProcess();
  child.kill("SIGKILL");
  await once(child, "exit");
  return record;
}

const writeRun = (run: object) => writeFileSync(join(folder, "run.json"), JSON.stringify(run));

it("refuses a second run on the same folder and says which process holds it", async () => {
  const lock = await acquireRunLock(folder, []);
  await expect(acquireRunLock(folder, [])).rejects.toThrow(`(process ${process.pid})`);
  lock.release();
  expect(existsSync(join(folder, "run.json"))).toBe(false);
});

it("takes over from a run that was killed and ends what it left behind", async () => {
  const orphan = startProcess();
  writeRun({ supervisor: await endedProcess(), launchers: [], children: { web: orphan.record } });
  const lock = await acquireRunLock(folder, []);
  expect(stillRuns(orphan.record)).toBe(false);
  lock.release();
});

it("leaves a process alone that merely has the pid of an old child", async () => {
  const stranger = startProcess();
  const old = { pid: stranger.record.pid, identity: "another boot:1" };
  writeRun({ supervisor: await endedProcess(), launchers: [], children: { web: old } });
  const lock = await acquireRunLock(folder, []);
  expect(stillRuns(stranger.record)).toBe(true);
  lock.release();
});

it("ends a run whose npm was killed and takes over", async () => {
  const supervisor = startProcess();
  writeRun({ supervisor: supervisor.record, launchers: [await endedProcess()], children: {} });
  const lock = await acquireRunLock(folder, []);
  expect(stillRuns(supervisor.record)).toBe(false);
  lock.release();
});

it("takes over a lock file of which only half was written", async () => {
  writeFileSync(join(folder, "run.json"), '{"supervisor":');
  const lock = await acquireRunLock(folder, []);
  lock.release();
});
