import { run, type TaskList } from "graphile-worker";
import { z } from "zod";
import { connectPool } from "../../db/connection";
import { type EngineLog, queueLogger } from "./queue-logger";
import { taskName } from "./store/jobs";

export type QueueTasks = {
  drive(runId: string, jobAttempt: number): Promise<void>;
  wake(runId: string): Promise<void>;
};

const runPayload = z.object({ runId: z.string() });

function taskList(tasks: QueueTasks): TaskList {
  return {
    [taskName("drive")]: (payload, { job }) => tasks.drive(runPayload.parse(payload).runId, job.attempts),
    [taskName("wake")]: (payload) => tasks.wake(runPayload.parse(payload).runId),
  };
}

export type Queue = { stop(): Promise<void> };

/** Starts graphile-worker on the engine's jobs, as the app's role; the login itself may own the tables. */
export async function startQueue(input: {
  url: string;
  tasks: QueueTasks;
  jobsAtOnce: number;
  log: EngineLog;
}): Promise<Queue> {
  const worker = {
    concurrentJobs: input.jobsAtOnce,
    // Batched, a job that ends while the runner stops would stay locked and run again.
    completeJobBatchDelay: 0 as const,
    failJobBatchDelay: 0 as const,
  };
  const pool = await connectPool(input.url, {
    max: input.jobsAtOnce + 2,
    role: "restday_app",
    failed: (error) => input.log.error({ source: "queue" }, error.message),
  });
  const runner = await run({
    pgPool: pool,
    taskList: taskList(input.tasks),
    pollInterval: 500,
    noHandleSignals: true,
    logger: queueLogger(input.log),
    preset: { worker },
  });
  return { stop: () => runner.stop().finally(() => pool.end()) };
}
