import { performance } from "node:perf_hooks";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { createPolarClient, type PolarClient } from "@/lib/providers/polar/client";
import { createRateBudget, type Priority } from "./budget";

/** Whether somebody waits for what a context asks of Polar: jobs have time, people have not. */
export function priorityOf({ actor }: Context): Priority {
  return actor.kind === "job" ? "background" : "interactive";
}

/** A client of AccessLink with this installation's credentials and the quota that all its processes share. */
export function polarClient(ctx: Context, priority: Priority): PolarClient {
  const { POLAR_API_URL, POLAR_CLIENT_ID, POLAR_CLIENT_SECRET } = env();
  const clock = runningClock(ctx.now);
  return createPolarClient({
    apiUrl: POLAR_API_URL,
    clientId: POLAR_CLIENT_ID,
    clientSecret: POLAR_CLIENT_SECRET,
    budget: createRateBudget({ db: ctx.db, clock, priority }),
    clock,
    log: ctx.log,
  });
}

/** A clock that begins at a context's `now` and runs on from there. */
export function runningClock(startedAt: Date): () => Date {
  const origin = performance.now();
  return () => new Date(startedAt.getTime() + Math.round(performance.now() - origin));
}
