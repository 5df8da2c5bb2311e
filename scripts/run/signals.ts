import { type ProcessRecord, stillRuns } from "./processes";

const watchEveryMs = 1_000;

/** Aborts when the person or the system asks this run to stop, or when the npm that started it is gone. */
export function stopSignal(launchers: readonly ProcessRecord[]): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => controller.abort(name));
  }
  const watch = () => launchers.every(stillRuns) || controller.abort("npm ended");
  if (launchers.length > 0) setInterval(watch, watchEveryMs).unref();
  return controller.signal;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
