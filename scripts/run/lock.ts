import { closeSync, existsSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson, writeAtomically } from "./files";
import { StartProblem } from "./problem";
import { endProcesses, type ProcessRecord, recordOf, stillRuns } from "./processes";

const recordSchema = z.object({ pid: z.number().int().positive(), identity: z.string() });
const runSchema = z.object({
  supervisor: recordSchema,
  launchers: z.array(recordSchema),
  children: z.record(z.string(), recordSchema),
});

type Run = z.infer<typeof runSchema>;

export type RunLock = {
  recordChild(name: string, child: ProcessRecord | undefined): void;
  release(): void;
};

function createExclusively(file: string, run: Run): boolean {
  try {
    const handle = openSync(file, "wx", 0o600);
    writeSync(handle, JSON.stringify(run));
    closeSync(handle);
    return true;
  } catch {
    return false;
  }
}

function previousRun(file: string): Run | undefined {
  const parsed = runSchema.safeParse(readJson(file));
  return parsed.success ? parsed.data : undefined;
}

async function clearPrevious(file: string, dataDir: string): Promise<void> {
  const previous = previousRun(file);
  const abandoned = previous && !previous.launchers.every(stillRuns);
  if (previous && stillRuns(previous.supervisor)) {
    if (!abandoned) {
      throw new StartProblem(
        `Restday already runs on the data folder ${dataDir} (process ${previous.supervisor.pid}); stop it first or set DATA_DIR.`,
      );
    }
    await endProcesses([previous.supervisor], 20_000);
  }
  if (previous) await endProcesses(Object.values(previous.children), 5_000);
  rmSync(file, { force: true });
}

/** Makes this process the only one on the data folder; what a killed run left behind is ended first. */
export async function acquireRunLock(dataDir: string, launchers: ProcessRecord[]): Promise<RunLock> {
  const file = join(dataDir, "run.json");
  const run: Run = { supervisor: recordOf(process.pid), launchers, children: {} };
  if (existsSync(file)) await clearPrevious(file, dataDir);
  if (!createExclusively(file, run)) {
    throw new StartProblem(`Another start on the data folder ${dataDir} is under way.`);
  }
  return {
    recordChild(name, child) {
      if (child) run.children[name] = child;
      else delete run.children[name];
      writeAtomically(file, JSON.stringify(run), 0o600);
    },
    release: () => rmSync(file, { force: true }),
  };
}
