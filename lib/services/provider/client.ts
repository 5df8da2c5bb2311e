import { performance } from "node:perf_hooks";
import type { Context } from "@/lib/context";
import type { Access, Connector, Registration } from "@/lib/wearables/connector";
import type { Client } from "@/lib/wearables/exchange";
import { createRateBudget, type Priority } from "./budget";

/** Whether somebody waits for what a context asks of a provider: jobs have time, people have not. */
export function priorityOf({ actor }: Context): Priority {
  return actor.kind === "job" ? "background" : "interactive";
}

/** A client of a provider with this installation's credentials and the quota that all its processes share. */
export function clientOf(ctx: Context, connector: Connector, priority: Priority): Client {
  const clock = runningClock(ctx.now);
  const budget = createRateBudget({ db: ctx.db, provider: connector.id, clock, priority });
  return connector.client({ budget, clock, log: ctx.log });
}

/** Registers an account at its provider, for somebody who waits; where there is no such step it is registered already. */
export async function registerAccount(
  ctx: Context,
  connector: Connector,
  access: Access,
): Promise<Registration> {
  if (!connector.register) return { memberId: "", state: "registered" };
  return connector.register(clientOf(ctx, connector, "interactive"), access);
}

/** A clock that begins at a context's `now` and runs on from there. */
export function runningClock(startedAt: Date): () => Date {
  const origin = performance.now();
  return () => new Date(startedAt.getTime() + Math.round(performance.now() - origin));
}
