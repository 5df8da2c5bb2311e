import { expect, test } from "vitest";
import { STREAMS } from "@/lib/providers/polar/streams";
import { gapsOf } from "./sharing";

const streams = ["nightly-recharge", "cardio-load", "physical-info"];

test("a pause within what Polar keeps leaves no gap", () => {
  expect(gapsOf({ table: STREAMS, pausedOn: "2026-05-01", today: "2026-05-28", streams })).toEqual([]);
});

test("each kind of data misses the days Polar keeps no longer", () => {
  expect(gapsOf({ table: STREAMS, pausedOn: "2026-05-01", today: "2026-05-29", streams })).toEqual([
    { line: "nightlyRecharge", from: "2026-05-01", to: "2026-05-01" },
  ]);
  expect(gapsOf({ table: STREAMS, pausedOn: "2026-02-01", today: "2026-05-29", streams })).toEqual([
    { line: "nightlyRecharge", from: "2026-02-01", to: "2026-05-01" },
    { line: "cardioLoad", from: "2026-02-01", to: "2026-02-28" },
  ]);
});

test("what is not shared has no gap", () => {
  expect(
    gapsOf({ table: STREAMS, pausedOn: "2025-01-01", today: "2026-05-29", streams: ["physical-info"] }),
  ).toEqual([]);
});
