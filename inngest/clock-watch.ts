import { performance } from "node:perf_hooks";

export type ClockWatch = { stop(): void };

/** Corrections by a time server are smaller. */
const LEAST_JUMP_MS = 30_000;

/**
 * Tells when the clock moved otherwise than time went by: somebody set it, a time server corrected it, or the machine
 * slept. Nothing depends on it; it explains what the log shows next.
 * @param input.elapsedMs time that only ever goes forward, ms
 * @param input.jumped gets how far the clock jumped, ms, negative when it was set back
 */
export function watchClock(input: {
  clock: () => Date;
  jumped: (byMs: number) => void;
  lookEveryMs?: number;
  elapsedMs?: () => number;
}): ClockWatch {
  const elapsedMs = input.elapsedMs ?? (() => performance.now());
  const look = () => ({ clockMs: input.clock().getTime(), elapsedMs: elapsedMs() });
  let last = look();
  const timer = setInterval(() => {
    const now = look();
    const byMs = Math.round(now.clockMs - last.clockMs - (now.elapsedMs - last.elapsedMs));
    last = now;
    if (Math.abs(byMs) >= LEAST_JUMP_MS) input.jumped(byMs);
  }, input.lookEveryMs ?? 5_000);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
