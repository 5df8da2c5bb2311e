import { expect, test } from "vitest";
import type { StreamCell } from "@/db/queries/squad-connections";
import { STREAMS } from "@/lib/providers/polar/streams";
import { countStreams, remedyOf, streamStandings } from "./standing";

const cell = (stream: string, of: Partial<StreamCell> = {}): StreamCell => ({
  stream,
  lastSuccessAtMs: 1,
  nextDueAtMs: null,
  failures: 0,
  errorCode: null,
  errorMessage: null,
  openSinceMs: null,
  attempts: null,
  quarantined: 0,
  ...of,
});

const active = (...streams: StreamCell[]) => streamStandings(STREAMS, { status: "active", streams });

test("details count with what they belong to, so that every page counts the same streams", () => {
  const streams = active(cell("sleep"), cell("exercises"), cell("exercise-details"));
  expect(streams.map(({ stream, state }) => [stream, state])).toEqual([
    ["sleep", "committed"],
    ["exercises", "committed"],
  ]);
});

test.each([
  [{ errorCode: "provider-failed" }, "refused"],
  [{ openSinceMs: 5 }, "open"],
  [{ quarantined: 2 }, "quarantined"],
  [{ lastSuccessAtMs: null }, "never"],
] as const)("a stream stands as its worst part does: %j", (part, state) => {
  const streams = active(cell("exercises"), cell("exercise-details", part));
  expect(streams.map((stream) => [stream.stream, stream.state])).toEqual([["exercises", state]]);
});

test("the counts name what is not in order; what was not read yet is the rest", () => {
  const streams = active(
    cell("sleep"),
    cell("nightly-recharge", { lastSuccessAtMs: null }),
    cell("cardio-load", { errorCode: "provider-failed" }),
    cell("activities", { quarantined: 1 }),
    cell("exercises", { openSinceMs: 5 }),
  );
  const { of, streams: inOrder, ...rest } = countStreams(streams);
  expect([of, inOrder, rest]).toEqual([5, 1, { refused: 1, quarantined: 1, open: 1 }]);
});

test.each([
  [{ status: "active" }, "none"],
  [{ status: "active", lastNight: "2026-11-27" }, "quiet"],
  [{ status: "active", lastNight: "2026-11-29" }, "none"],
  [{ status: "needs-reconnection" }, "reauthorise"],
  [{ status: "needs-reconnection", pausedOn: "2026-11-20" }, "paused"],
  [{ status: "consent-missing" }, "consent"],
  [{ status: "registering" }, "waits"],
  [{ status: "revoked", pausedOn: "2026-11-20" }, "reauthorise"],
] as const)("%j needs: %s", (row, remedy) => {
  const of = { streams: active(cell("sleep")), today: "2026-11-30" };
  expect(remedyOf({ pausedOn: null, lastNight: null, ...row }, of)).toBe(remedy);
});

test("a stream that waits for the quota is refused by nobody", () => {
  const [stream] = active(cell("sleep", { errorCode: "provider-busy" }));
  expect(stream?.state).toBe("open");
  expect(
    remedyOf(
      { status: "active", pausedOn: null, lastNight: null },
      { streams: [stream!], today: "2026-11-30" },
    ),
  ).toBe("waits");
});
