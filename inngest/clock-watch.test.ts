import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watchClock } from "./clock-watch";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const START_MS = Date.parse("2026-03-29T00:59:50Z");

/** A clock and the time that went by, moved apart by the test. */
function clocks() {
  const state = { offsetMs: 0, elapsedMs: 0 };
  const jumps: number[] = [];
  const watch = watchClock({
    clock: () => new Date(START_MS + state.offsetMs + state.elapsedMs),
    elapsedMs: () => state.elapsedMs,
    jumped: (byMs) => jumps.push(byMs),
  });
  const goOn = (ms: number) => {
    for (let gone = 0; gone < ms; gone += 1_000) {
      state.elapsedMs += 1_000;
      vi.advanceTimersByTime(1_000);
    }
  };
  return { state, jumps, goOn, watch };
}

test("a jump of the clock is told, either way, once and with its size", () => {
  const { state, jumps, goOn, watch } = clocks();
  goOn(60_000);
  expect(jumps).toEqual([]);
  state.offsetMs += 3 * 3_600_000;
  goOn(60_000);
  expect(jumps).toEqual([3 * 3_600_000]);
  state.offsetMs -= 3_600_000;
  goOn(60_000);
  expect(jumps).toEqual([3 * 3_600_000, -3_600_000]);
  watch.stop();
});

test("a small correction, a late timer and a change to summer time are no jumps", () => {
  const { state, jumps, goOn, watch } = clocks();
  goOn(20_000);
  state.offsetMs += 2_000;
  goOn(20_000);
  state.elapsedMs += 90_000;
  goOn(20_000);
  expect(jumps).toEqual([]);
  watch.stop();
});
