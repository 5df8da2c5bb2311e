import type { Sql } from "postgres";
import { type Backoff, retryAfterMs } from "./backoff";
import { sleepMs } from "./duration";
import type { Answer, FunctionHandler, Operation } from "./handler";
import { type FunctionPlan, removedFunction } from "./plan";
import { dispatchEvents } from "./store/dispatch";
import { endRun, findRun, putToSleep, type Run, setAttempt } from "./store/runs";
import { finishStep, listSteps, type Outcome, type Step, scheduleStep, type Waiting } from "./store/steps";

export type DriveContext = {
  sql: Sql;
  plans: readonly FunctionPlan[];
  handler: FunctionHandler;
  backoff: Backoff;
  clock: () => Date;
  /** True while the process is asked to stop: a run then pauses after the step it is in. */
  stopping(): boolean;
};

type Finished = { id: string; outcome: Outcome };
/** A run within one job. `finished` grows as it goes on; `open` is known again only once something was scheduled. */
type Turn = {
  context: DriveContext;
  plan: FunctionPlan;
  run: Run;
  finished: Finished[];
  open: Step[] | "unknown";
};
/** Whether the run goes on in this job; otherwise it has ended or sleeps. */
type Next = "go-on" | "leave";

const nameOf = (operation: Operation) => operation.displayName ?? operation.name ?? operation.id;

function call(turn: Turn, step: Step | undefined): Promise<Answer> {
  const { context, plan, run } = turn;
  return context.handler.call({
    functionId: run.functionId,
    stepId: step?.id,
    runId: run.id,
    event: run.event,
    attempt: step?.attempt ?? run.attempt,
    maxAttempts: plan.maxAttempts,
    steps: [...turn.finished],
  });
}

function retryDelayMs(turn: Turn, retryAfter: string | null, attempt: number): number {
  return retryAfterMs(retryAfter, Date.now()) ?? turn.context.backoff(attempt);
}

async function fail(turn: Turn, error: object): Promise<Next> {
  const { context, plan, run } = turn;
  const at = context.clock();
  const event = {
    id: `${run.id}-failed`,
    name: "inngest/function.failed",
    ts: at.getTime(),
    data: { function_id: run.functionId, run_id: run.id, error, event: run.event, events: [run.event] },
  };
  await endRun(context.sql, plan, run, { state: "failed", error, at }, (tx) =>
    dispatchEvents(tx, context.plans, { events: [event], at }),
  );
  return "leave";
}

async function retryRun(turn: Turn, error: object, delayMs: number): Promise<Next> {
  const { context, plan, run } = turn;
  if (run.attempt + 1 >= plan.maxAttempts) return fail(turn, error);
  await putToSleep(context.sql, plan, { ...run, attempt: run.attempt + 1 }, delayMs);
  return "leave";
}

function failed(turn: Turn, answer: Extract<Answer, { kind: "failed" }>): Promise<Next> {
  if (answer.final) return fail(turn, answer.error);
  return retryRun(turn, answer.error, retryDelayMs(turn, answer.retryAfter, turn.run.attempt));
}

async function remember(turn: Turn, step: { id: string; name: string; outcome: Outcome }): Promise<void> {
  await finishStep(turn.context.sql, turn.run.id, step);
  turn.finished.push({ id: step.id, outcome: step.outcome });
}

async function finish(turn: Turn, operation: Operation, outcome: Outcome): Promise<Next> {
  await remember(turn, { id: operation.id, name: nameOf(operation), outcome });
  // Attempts count for each step on its own.
  await setAttempt(turn.context.sql, turn.run, 0);
  return "go-on";
}

function schedule(turn: Turn, step: Parameters<typeof scheduleStep>[2]): Promise<void> {
  turn.open = "unknown";
  return scheduleStep(turn.context.sql, turn.run.id, step);
}

async function plan(turn: Turn, operation: Operation, state: Waiting, delayMs: number): Promise<Next> {
  await schedule(turn, { id: operation.id, name: nameOf(operation), state, attempt: 0, delayMs });
  return "go-on";
}

/** Takes up one operation that the function reported while going on from what is known. */
async function apply(turn: Turn, operation: Operation, retryAfter: string | null): Promise<Next> {
  switch (operation.op) {
    case "StepRun":
      return finish(turn, operation, { type: "data", data: operation.data ?? null });
    case "StepFailed":
      return finish(turn, operation, { type: "error", error: operation.error });
    case "StepError":
      return retryRun(turn, errorObject(operation.error), retryDelayMs(turn, retryAfter, turn.run.attempt));
    case "StepPlanned":
      return plan(turn, operation, "planned", 0);
    case "Sleep": {
      const delayMs = sleepMs(operation.name ?? "", Date.now());
      if (delayMs !== undefined) return plan(turn, operation, "sleeping", delayMs);
    }
  }
  return fail(turn, {
    name: "UnsupportedOperationError",
    message: `Function "${turn.run.functionId}" uses ${operation.op} in "${nameOf(operation)}", which the embedded job engine does not support.`,
  });
}

function errorObject(error: unknown): object {
  return typeof error === "object" && error !== null ? error : { name: "Error", message: String(error) };
}

async function goOn(turn: Turn): Promise<Next> {
  const answer = await call(turn, undefined);
  if (answer.kind === "failed") return failed(turn, answer);
  if (answer.kind === "finished") {
    const at = turn.context.clock();
    await endRun(turn.context.sql, turn.plan, turn.run, { state: "finished", at });
    return "leave";
  }
  for (const operation of answer.operations) {
    if ((await apply(turn, operation, answer.retryAfter)) === "leave") return "leave";
  }
  return "go-on";
}

/** Executes one of several parallel steps; its failure waits for its own retry and holds up no other. */
async function executePlanned(turn: Turn, step: Step): Promise<Next> {
  const answer = await call(turn, step);
  if (answer.kind === "failed") return failed(turn, answer);
  const operation =
    answer.kind === "operations" ? answer.operations.find(({ id }) => id === step.id) : undefined;
  if (!operation) return fail(turn, { name: "Error", message: `Step "${step.name}" gave no result.` });
  if (operation.op === "StepRun") {
    return finish(turn, operation, { type: "data", data: operation.data ?? null });
  }
  const retryAfter = answer.kind === "operations" ? answer.retryAfter : null;
  if (operation.op === "StepFailed" || step.attempt + 1 >= turn.plan.maxAttempts) {
    return finish(turn, operation, { type: "error", error: operation.error });
  }
  const delayMs = retryDelayMs(turn, retryAfter, step.attempt);
  await schedule(turn, {
    ...step,
    state: "planned",
    attempt: step.attempt + 1,
    delayMs,
  });
  return "go-on";
}

/** Works off the steps that are due, or sleeps until the first one is. */
async function workOff(turn: Turn, open: readonly Step[]): Promise<Next> {
  const { context, run } = turn;
  turn.open = "unknown";
  const due = open.filter((step) => step.delayMs === 0);
  if (due.length === 0) {
    await putToSleep(context.sql, turn.plan, run, Math.min(...open.map((step) => step.delayMs)));
    return "leave";
  }
  for (const step of due.filter(({ state }) => state === "sleeping")) {
    await remember(turn, { ...step, outcome: { type: "data", data: null } });
  }
  const planned = due.filter(({ state }) => state === "planned");
  const results = await Promise.all(planned.map((step) => executePlanned(turn, step)));
  return results.includes("leave") ? "leave" : "go-on";
}

async function readSteps(turn: Turn): Promise<Step[]> {
  const steps = await listSteps(turn.context.sql, turn.run.id);
  turn.finished = steps.flatMap(({ id, outcome }) => (outcome ? [{ id, outcome }] : []));
  turn.open = steps.filter((step) => step.state !== "done");
  return turn.open;
}

/** Carries a run on until it ends, sleeps, or the process is asked to stop. Safe to repeat after a crash at any point. */
export async function driveRun(context: DriveContext, runId: string): Promise<void> {
  const run = await findRun(context.sql, runId);
  if (run?.state !== "active") return;
  const plan = context.plans.find((candidate) => candidate.id === run.functionId);
  if (!plan) {
    const gone = { name: "Error", message: `Function "${run.functionId}" no longer exists.` };
    await fail({ context, plan: removedFunction(run.functionId), run, finished: [], open: [] }, gone);
    return;
  }
  const turn: Turn = { context, plan, run, finished: [], open: "unknown" };
  for (;;) {
    if (context.stopping()) return putToSleep(context.sql, plan, run, 0);
    const open = turn.open === "unknown" ? await readSteps(turn) : turn.open;
    const next = open.length > 0 ? await workOff(turn, open) : await goOn(turn);
    if (next === "leave") return;
  }
}

/** Ends a run whose job brought the process down again and again. */
export async function abandonRun(context: DriveContext, runId: string, attempts: number): Promise<void> {
  const run = await findRun(context.sql, runId);
  if (run?.state !== "active") return;
  const plan =
    context.plans.find((candidate) => candidate.id === run.functionId) ?? removedFunction(run.functionId);
  const message = `The worker ended ${attempts} times while it was in this run.`;
  await fail({ context, plan, run, finished: [], open: [] }, { name: "Error", message });
}
