import { expect, it } from "vitest";
import { parseCron } from "./cron";

/** The instants at which a schedule fires from one instant up to another. */
function firings(text: string, from: string, until: string): string[] {
  const schedule = parseCron(text);
  const fired: string[] = [];
  for (let instant = Date.parse(from); instant < Date.parse(until); instant += 60_000) {
    if (schedule?.matches(new Date(instant))) fired.push(new Date(instant).toISOString());
  }
  return fired;
}

it("reads UTC where no zone is named", () => {
  expect(firings("30 6 * * *", "2026-03-01T00:00Z", "2026-03-02T00:00Z")).toEqual([
    "2026-03-01T06:30:00.000Z",
  ]);
});

it("follows a zone through its clock changes", () => {
  const text = "TZ=Europe/Helsinki 0 7 * * *";
  expect(firings(text, "2026-03-28T00:00Z", "2026-03-30T00:00Z")).toEqual([
    "2026-03-28T05:00:00.000Z",
    "2026-03-29T04:00:00.000Z",
  ]);
});

it("skips a local time that does not exist and fires twice at one that comes twice", () => {
  const text = "TZ=Europe/Helsinki 30 3 * * *";
  expect(firings(text, "2026-03-29T00:00Z", "2026-03-29T21:00Z")).toEqual([]);
  expect(firings(text, "2026-10-24T21:00Z", "2026-10-25T21:00Z")).toEqual([
    "2026-10-25T00:30:00.000Z",
    "2026-10-25T01:30:00.000Z",
  ]);
});

it("knows steps, lists and weekdays", () => {
  expect(firings("*/20 8,9 * * 1", "2026-03-01T00:00Z", "2026-03-08T00:00Z")).toHaveLength(6);
});

it.each(["", "* * * *", "61 * * * *", "0 7 * * * *", "@hourly", "TZ=Mars/Olympus 0 7 * * *"])(
  "refuses %j",
  (text) => {
    expect(parseCron(text)).toBeUndefined();
  },
);
