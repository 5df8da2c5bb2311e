import { performance } from "node:perf_hooks";

/** A clock that begins at a context's `now` and runs on from there. */
export function runningClock(startedAt: Date): () => Date {
  const origin = performance.now();
  return () => new Date(startedAt.getTime() + Math.round(performance.now() - origin));
}
