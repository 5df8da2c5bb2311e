import { setTimeout as wait } from "node:timers/promises";

export type RelayLoop = { stop(): Promise<void> };

const PAUSE_MS = 300;
const pauseAfterErrorMs = 2_000;

/**
 * Hands waiting events on, again and again, until stopped.
 * @param relay - hands on one batch and returns whether it was a full one, so that more may wait.
 * @param options.pauseMs - rest after a batch that was not full, ms
 */
export function startRelayLoop(
  relay: () => Promise<"full" | "drained">,
  failed: (error: unknown) => void,
  options: { pauseMs?: number } = {},
): RelayLoop {
  const stopping = new AbortController();
  const pauseMs = options.pauseMs ?? PAUSE_MS;
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const outcome = await relay().catch((error: unknown) => {
        failed(error);
        return "failed" as const;
      });
      const pause = { full: 0, drained: pauseMs, failed: pauseAfterErrorMs }[outcome];
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
  const running = loop();
  return {
    stop() {
      stopping.abort();
      return running;
    },
  };
}
