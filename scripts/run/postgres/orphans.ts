import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "../problem";
import { identityOf, processesIn, recordOf, signal, waitForEnd } from "../processes";

function recordedPostmaster(folder: string): number | undefined {
  const file = join(folder, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

async function endOne(pid: number): Promise<void> {
  const records = [recordOf(pid)];
  signal(pid, "SIGINT");
  if (await waitForEnd(records, 10_000)) return;
  signal(pid, "SIGQUIT");
  if (await waitForEnd(records, 5_000)) return;
  signal(pid, "SIGKILL");
  await waitForEnd(records, 5_000);
}

/**
 * Ends what a killed run left of the server in this data folder: first the postmaster, then back ends that outlived it
 * (they hold the shared memory and would keep a new server from starting). A lock file whose process is gone, or is
 * by now some other program, is removed. Where processes cannot be told apart by their folder, PostgreSQL's own check decides.
 */
export async function clearOrphans(folder: string): Promise<void> {
  const postmaster = recordedPostmaster(folder);
  if (process.platform !== "linux") {
    if (postmaster && identityOf(postmaster)) await endOne(postmaster);
    return;
  }
  const ours = () => processesIn(folder, "postgres");
  if (postmaster && ours().some((found) => found.pid === postmaster)) await endOne(postmaster);
  for (const left of ours()) await endOne(left.pid);
  if (ours().length > 0)
    throw new StartProblem(`A PostgreSQL server in ${folder} does not stop; end it first.`);
  rmSync(join(folder, "postmaster.pid"), { force: true });
}
