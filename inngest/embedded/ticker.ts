import { setTimeout as wait } from "node:timers/promises";

export type Ticker = { stop(): Promise<void> };

const MINUTE_MS = 60_000;

export const minuteOf = (at: Date) => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);

/**
 * Looks at the clock again and again, and hands on every minute that it finds; not those that it did not see, because
 * the machine slept or the clock was moved. It waits for no moment: a clock that is set back goes on ticking. A tick
 * that fails is tried again at the next look.
 */
export function startTicker(input: {
  clock: () => Date;
  lookEveryMs: number;
  tick: (minute: Date) => Promise<void>;
  failed: (error: unknown) => void;
}): Ticker {
  const stopping = new AbortController();
  let last: number | undefined;

  async function look(): Promise<void> {
    const minute = minuteOf(input.clock());
    if (minute.getTime() === last) return;
    await input.tick(minute);
    last = minute.getTime();
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch(input.failed);
      await wait(input.lookEveryMs, undefined, { signal: stopping.signal }).catch(() => {});
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
