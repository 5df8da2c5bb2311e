import { parseCronItems, type Runner, run, type TaskList } from "graphile-worker";
import { z } from "zod";
import { type EngineLog, queueLogger } from "./queue-logger";
import { taskName } from "./store/jobs";

export type QueueTasks = {
  drive(runId: string, jobAttempt: number): Promise<void>;
  wake(runId: string): Promise<void>;
  minute(instant: Date): Promise<void>;
  prune(): Promise<void>;
};

const runPayload = z.object({ runId: z.string() });
const cronPayload = z.object({ _cron: z.object({ ts: z.string() }) });

function taskList(tasks: QueueTasks): TaskList {
  return {
    [taskName("drive")]: (payload, { job }) => tasks.drive(runPayload.parse(payload).runId, job.attempts),
    [taskName("wake")]: (payload) => tasks.wake(runPayload.parse(payload).runId),
    [taskName("cron")]: (payload) => tasks.minute(new Date(cronPayload.parse(payload)._cron.ts)),
    [taskName("prune")]: () => tasks.prune(),
  };
}

/** The app's role, asked for when a connection opens; the login itself may own the tables. */
function withRole(url: string): string {
  const address = new URL(url);
  const options = [address.searchParams.get("options"), "-c role=restday_app"].filter(Boolean).join(" ");
  // pg decodes %20 but takes a + literally.
  address.searchParams.delete("options");
  const separator = address.search ? "&" : "?";
  return `${address.href}${separator}options=${encodeURIComponent(options)}`;
}

/** Starts graphile-worker on the engine's jobs. */
export function startQueue(input: {
  url: string;
  tasks: QueueTasks;
  jobsAtOnce: number;
  log: EngineLog;
}): Promise<Runner> {
  const worker = {
    concurrentJobs: input.jobsAtOnce,
    // Batched, a job that ends while the runner stops would stay locked and run again.
    completeJobBatchDelay: 0 as const,
    failJobBatchDelay: 0 as const,
  };
  return run({
    connectionString: withRole(input.url),
    maxPoolSize: input.jobsAtOnce + 2,
    taskList: taskList(input.tasks),
    parsedCronItems: parseCronItems([
      { task: taskName("cron"), match: "* * * * *", options: { backfillPeriod: 0 } },
      { task: taskName("prune"), match: "17 * * * *", options: { backfillPeriod: 0 } },
    ]),
    pollInterval: 500,
    noHandleSignals: true,
    logger: queueLogger(input.log),
    preset: { worker },
  });
}
