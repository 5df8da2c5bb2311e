import { cron, eventType, type GetStepTools } from "inngest";
import type { Context } from "@/lib/context";
import { EVENTS, type EventData, type EventName, eventData } from "@/lib/events";
import { recordJobFailure } from "@/lib/services/jobs/failures";
import { inngest } from "./client";
import { jobContext } from "./context";

type Run<Data> = {
  data: Data;
  step: GetStepTools<typeof inngest>;
  /** What a step hands to services: made anew in each, for its own moment. */
  context: () => Context;
};

type Failure = { ctx: Context; id: string; data: Record<string, unknown>; error: string };

/**
 * What becomes of a job whose tries are used up. `asked-again`: nobody is told, because it is asked for again anyway. An
 * id's name: the operator sees the failure with that id. `installation`: with no id, because it concerns nobody. A
 * function: the job has more to put right.
 */
type GivesUp =
  | "asked-again"
  | "installation"
  | "athleteId"
  | "squadId"
  | ((failure: Failure) => Promise<void>);

type Limit = { limit: number; key?: string };

type Job<Name extends EventName> = {
  /** Also what the operator's page and the failures call it. */
  id: string;
  on: Name | readonly Name[];
  retries: 0 | 1 | 2 | 3 | 6 | 10;
  givesUp: GivesUp;
  concurrency?: Limit | [Limit] | [Limit, Limit];
  throttle?: { limit: number; period: "1s" };
  singleton?: { key: string; mode: "skip" };
  run: (run: Run<EventData<Name>>) => Promise<unknown>;
};

/** A job that an event asks for: its id, event, tries and what becomes of it when they are used up. */
export function job<Name extends EventName>({ id, on, givesUp, run, ...flow }: Job<Name>) {
  const names: readonly EventName[] = typeof on === "string" ? [on] : on;
  const onFailure = failureHandler(id, givesUp);
  return inngest.createFunction(
    {
      id,
      ...flow,
      triggers: names.map((name) => eventType(name, { schema: EVENTS[name] })),
      ...(onFailure ? { onFailure } : {}),
    },
    ({ event, step }) =>
      run({ data: eventData(event.name as Name, event.data), step, context: () => jobContext(id) }),
  );
}

/** A job that looks every minute, one at a time; one that fails is followed by the next minute's. */
export function everyMinute(of: {
  id: string;
  retries: 0 | 1;
  run: (run: Omit<Run<never>, "data">) => Promise<unknown>;
}) {
  const { id, retries, run } = of;
  return inngest.createFunction(
    { id, retries, triggers: [cron("* * * * *")], concurrency: { limit: 1 } },
    ({ step }) => run({ step, context: () => jobContext(id) }),
  );
}

type FailureEvent = { event: { data: { event: { data?: Record<string, unknown> } } }; error: Error };

function failureHandler(id: string, givesUp: GivesUp) {
  if (givesUp === "asked-again") return undefined;
  return async ({ event, error }: FailureEvent): Promise<void> => {
    const failure = { ctx: jobContext(id), id, data: event.data.event.data ?? {}, error: error.message };
    if (typeof givesUp === "function") return givesUp(failure);
    const subjectId = givesUp === "installation" ? null : String(failure.data[givesUp] ?? "");
    const { ctx, error: message } = failure;
    return recordJobFailure({ ctx, input: { functionId: id, subjectId, error: message } });
  };
}
