import { expect, test, vi } from "vitest";
import { startTicker } from "./ticker";

/** A ticker on a clock that the test sets. */
function tickerOn(start: string) {
  const state = { now: new Date(start), fails: false };
  const minutes: string[] = [];
  const errors: unknown[] = [];
  const ticker = startTicker({
    clock: () => state.now,
    lookEveryMs: 1,
    tick: async (minute) => {
      if (state.fails) throw new Error("the database is away");
      minutes.push(minute.toISOString().slice(11, 16));
    },
    failed: (error) => errors.push(error),
  });
  const at = async (now: string) => {
    state.now = new Date(now);
    await new Promise((resolve) => setTimeout(resolve, 30));
  };
  return { state, minutes, errors, at, stop: ticker.stop };
}

test("each minute once; minutes that were slept over are one; a clock that is set back goes on", async () => {
  const { minutes, at, stop } = tickerOn("2026-05-20T04:00:10Z");
  await at("2026-05-20T04:00:59Z");
  await at("2026-05-20T04:01:00Z");
  await at("2026-05-20T09:30:00Z");
  await at("2026-05-20T08:30:00Z");
  await at("2026-05-20T08:31:00Z");
  await stop();
  expect(minutes).toEqual(["04:00", "04:01", "09:30", "08:30", "08:31"]);
});

test("a tick that fails is tried again until it succeeds", async () => {
  const { state, minutes, errors, stop } = tickerOn("2026-05-20T04:00:10Z");
  await vi.waitFor(() => expect(minutes).toEqual(["04:00"]));
  state.fails = true;
  state.now = new Date("2026-05-20T04:01:10Z");
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(2));
  state.fails = false;
  await vi.waitFor(() => expect(minutes).toEqual(["04:00", "04:01"]));
  await stop();
});
