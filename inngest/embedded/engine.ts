import type { Inngest, InngestFunction } from "inngest";
import { connectSql } from "../../db/connection";
import type { Transport } from "../transport";
import { type Backoff, inngestBackoff } from "./backoff";
import { abandonRun, type DriveContext, driveRun } from "./drive";
import { completeEvent, parseSentEvents, type SentEvent } from "./events";
import { createHandler } from "./handler";
import { becomeOnlyWorker, type WorkerLock } from "./only-worker";
import { type FunctionPlan, planFunctions } from "./plan";
import { type Queue, type QueueTasks, startQueue } from "./queue";
import type { EngineLog } from "./queue-logger";
import { dispatchEvents } from "./store/dispatch";
import { exclusively } from "./store/exclusively";
import { restoreLostJobs } from "./store/jobs";
import { pruneHistory } from "./store/prune";
import { wakeRun } from "./store/runs";
import { fireCrons } from "./store/ticks";
import { startTicker, type Ticker } from "./ticker";

export type EngineOptions = {
  client: Inngest.Any;
  transport: Transport;
  functions: readonly InngestFunction.Any[];
  /** Database with the engine's tables; every connection acts as `restday_app`. */
  url: string;
  log: EngineLog;
  /** Runs carried on at the same time. */
  jobsAtOnce?: number;
  backoff?: Backoff;
  /** What the time is: for schedules, and for how long things are kept. */
  clock?: () => Date;
  /** How often the clock is looked at. */
  lookEveryMs?: number;
  /** Called when the lock that makes this the only worker is lost: the process must end. */
  lockLost?(): void;
  /** Runs once this is the only worker and before any job does. */
  beforeJobs?(): Promise<unknown>;
};

export type EmbeddedEngine = {
  start(): Promise<void>;
  /** Lets running steps finish and keeps everything else for the next start. */
  stop(): Promise<void>;
  /** Starts what the events start; ids seen within 24 hours are ignored. Returns the events' ids. */
  send(events: readonly SentEvent[]): Promise<string[]>;
};

/** After so many ends of the process within one job, the run is given up. */
const maxJobAttempts = 20;

/** How often finished things are removed, and runs that lost their job looked for. */
const TIDY_EVERY_MS = 3_600_000;

const never = "http://embedded.localhost";

/** Points the SDK at this engine: no keys, no server, and its event posts land in `send`. */
function captureClient(options: EngineOptions, send: EmbeddedEngine["send"]): void {
  options.client.setEnvVars({ INNGEST_DEV: "1", INNGEST_BASE_URL: never, INNGEST_EVENT_KEY: "embedded" });
  options.transport.redirect(async (input, init) => {
    const request = new Request(input, init);
    if (!new URL(request.url).pathname.startsWith("/e/")) {
      return Response.json({ error: "The embedded job engine has no such address." }, { status: 404 });
    }
    const ids = await send(parseSentEvents(await request.text()));
    return Response.json({ ids, status: 200 });
  });
}

function tasksOf(context: DriveContext): QueueTasks {
  const { sql, plans } = context;
  return {
    drive: (runId, attempt) =>
      attempt > maxJobAttempts ? abandonRun(context, runId, attempt - 1) : driveRun(context, runId),
    wake: (runId) => wakeRun(sql, plans, runId),
  };
}

/**
 * Runs Inngest functions without an Inngest server: the SDK's own handler executes them, graphile-worker keeps the jobs,
 * the schema `engine` keeps runs and steps, so that a killed process goes on where it was. For one process on one machine.
 * @throws UnsupportedFunctionsError from `start` when a function is configured with something outside of the subset.
 */
export function createEmbeddedEngine(options: EngineOptions): EmbeddedEngine {
  const sql = connectSql(options.url, {
    max: 8,
    onnotice: () => {},
    connection: { role: "restday_app", application_name: "restday-engine" },
  });
  const handler = createHandler(options.client, options.functions);
  let plans: FunctionPlan[] = [];
  let stopping = false;
  const clock = options.clock ?? (() => new Date());
  let lock: WorkerLock | undefined;
  let queue: Queue | undefined;
  let ticker: Ticker | undefined;
  let tidiedAtMs = 0;

  async function send(events: readonly SentEvent[]): Promise<string[]> {
    const at = clock();
    const complete = events.map((event) => completeEvent(event, at.getTime()));
    await exclusively(sql, (tx) => dispatchEvents(tx, plans, { events: complete, at }));
    return complete.map((event) => event.id);
  }

  async function restore(): Promise<void> {
    const restored = await restoreLostJobs(sql);
    if (restored > 0) options.log.warn({ restored }, "runs without a job were taken up again");
  }

  async function tick(minute: Date): Promise<void> {
    await fireCrons(sql, plans, minute);
    if (Math.abs(minute.getTime() - tidiedAtMs) < TIDY_EVERY_MS) return;
    await pruneHistory(sql, minute);
    await restore();
    tidiedAtMs = minute.getTime();
  }

  async function start(): Promise<void> {
    captureClient(options, send);
    plans = planFunctions(await handler.sync());
    const lost = options.lockLost ?? (() => {});
    lock = await becomeOnlyWorker({ url: options.url, waitMs: 15_000, lost });
    await restore();
    await options.beforeJobs?.();
    const context: DriveContext = {
      sql,
      plans,
      handler,
      backoff: options.backoff ?? inngestBackoff,
      clock,
      stopping: () => stopping,
    };
    const jobsAtOnce = options.jobsAtOnce ?? 8;
    queue = await startQueue({ url: options.url, tasks: tasksOf(context), jobsAtOnce, log: options.log });
    ticker = startTicker({
      clock,
      lookEveryMs: options.lookEveryMs ?? 1_000,
      tick,
      failed: (err) => options.log.error({ err }, "schedules could not be looked at; they will be"),
    });
    options.log.info({ functions: plans.map((plan) => plan.id) }, "embedded job engine started");
  }

  async function stop(): Promise<void> {
    stopping = true;
    await ticker?.stop();
    await queue?.stop();
    await lock?.release();
    await sql.end({ timeout: 5 });
  }

  return { start, stop, send };
}
