import { type FunctionConfig, parseFunctionConfig, unsupported } from "./config";
import { type CronSchedule, parseCron } from "./cron";
import { durationMs } from "./duration";
import { type EventPath, parsePath } from "./event-path";

export type Throttle = { limit: number; burst: number; periodMs: number; key: EventPath | undefined };

/** One function as the engine runs it. */
export type FunctionPlan = {
  id: string;
  /** Names of the events that start it. */
  events: string[];
  crons: CronSchedule[];
  /** Set for an onFailure handler: the function whose failure starts it. */
  failureOf: string | undefined;
  maxAttempts: number;
  /** Runs at a time; by the value at `key`, or for the function as a whole. */
  concurrency: { limit: number; key: EventPath | undefined }[];
  singleton: { key: EventPath | undefined } | undefined;
  throttle: Throttle | undefined;
};

/** The configured functions cannot all run here; `problems` has one sentence for each function and feature. */
export class UnsupportedFunctionsError extends Error {
  override name = "UnsupportedFunctionsError";
  constructor(readonly problems: readonly string[]) {
    super(`${problems.join(" ")} Use JOBS_ENGINE=inngest or change the function.`);
  }
}

const defaultRetries = 3;
/** Turns configurations into plans, collecting everything that the engine cannot do. */
function createPlanner() {
  const problems: string[] = [];
  const refuse = (functionId: string, feature: string) => {
    problems.push(unsupported(functionId, feature));
    return undefined;
  };

  function path(config: FunctionConfig, feature: string, text: string | undefined): EventPath | undefined {
    if (text === undefined) return undefined;
    return parsePath(text) ?? refuse(config.id, `the ${feature} "${text}"`);
  }

  function failureOf(config: FunctionConfig): string | undefined {
    const conditional = config.triggers.find((trigger) => trigger.expression !== undefined);
    if (!conditional?.expression) return undefined;
    const [, of] = /^event\.data\.function_id == '([^']+)'$/.exec(conditional.expression) ?? [];
    if (of && conditional.event === "inngest/function.failed") return of;
    return refuse(config.id, `the trigger condition "${conditional.expression}"`);
  }

  function throttle(config: FunctionConfig): Throttle | undefined {
    if (!config.throttle) return undefined;
    const { limit, period, burst = 0, key } = config.throttle;
    const length = durationMs(period) ?? refuse(config.id, `the throttle period "${period}"`) ?? 0;
    return { limit, burst, periodMs: length, key: path(config, "throttle key", key) };
  }

  function concurrency(config: FunctionConfig): FunctionPlan["concurrency"] {
    const entries =
      typeof config.concurrency === "number" ? { limit: config.concurrency } : config.concurrency;
    // Inngest reads a limit of 0 as "no limit".
    return [entries ?? []]
      .flat()
      .filter((entry) => entry.limit > 0)
      .map((entry) => ({ limit: entry.limit, key: path(config, "concurrency key", entry.key) }));
  }

  function plan(config: FunctionConfig): FunctionPlan {
    const crons = config.triggers.flatMap((trigger) => trigger.cron ?? []);
    return {
      id: config.id,
      events: config.triggers.flatMap((trigger) => trigger.event ?? []),
      crons: crons.flatMap((text) => parseCron(text) ?? refuse(config.id, `the schedule "${text}"`) ?? []),
      failureOf: failureOf(config),
      maxAttempts: (config.steps.step.retries?.attempts ?? defaultRetries) + 1,
      concurrency: concurrency(config),
      singleton: config.singleton && { key: path(config, "singleton key", config.singleton.key) },
      throttle: throttle(config),
    };
  }

  return { plan, problems };
}

/**
 * Plans for all configured functions.
 * @throws UnsupportedFunctionsError naming every function and feature outside of the supported subset.
 */
export function planFunctions(configs: readonly Record<string, unknown>[]): FunctionPlan[] {
  const planner = createPlanner();
  const plans = configs.flatMap((raw) => {
    const parsed = parseFunctionConfig(raw);
    if ("config" in parsed) return [planner.plan(parsed.config)];
    planner.problems.push(...parsed.problems);
    return [];
  });
  if (planner.problems.length > 0) throw new UnsupportedFunctionsError(planner.problems);
  return plans;
}

/** Stands in for a function that was removed while runs of it were open: they start, and fail at once. */
export function removedFunction(id: string): FunctionPlan {
  const none = { failureOf: undefined, singleton: undefined, throttle: undefined };
  return { id, events: [], crons: [], maxAttempts: 1, concurrency: [], ...none };
}
