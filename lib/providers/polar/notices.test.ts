import { expect, test } from "vitest";
import type { Outcome } from "@/lib/wearables/exchange";
import { notices, readDelivery } from "./notices";

const answer = (json: unknown): Outcome => ({
  kind: "content",
  status: 200,
  text: JSON.stringify(json),
  json,
});
const rows = (...list: unknown[]) => answer({ "available-user-data": list });

test("notices say whose news it is and of which streams", () => {
  const told = notices.read(
    rows(
      { "user-id": 10, "data-type": "EXERCISE", url: "https://www.polaraccesslink.com/v3/users/10/x" },
      { "user-id": 11, "data-type": "PHYSICAL_INFORMATION" },
      { "user-id": 12, "data-type": "SOMETHING_NEW" },
    ),
  );
  expect(told).toEqual([
    { accountId: "10", streams: ["exercises"] },
    { accountId: "11", streams: ["physical-info"] },
    { accountId: "12", streams: [] },
  ]);
});

test("only a documented answer is silence", () => {
  expect(notices.read({ kind: "empty", status: 204 })).toEqual([]);
  expect(notices.read(rows())).toEqual([]);
});

test.each<[string, Outcome]>([
  ["no list", answer({})],
  ["null", answer(null)],
  ["a bare list", answer([])],
  ["a list of other things", rows(7, null, "a")],
  ["news of nobody", rows({ "data-type": "EXERCISE" })],
  ["news of a name", rows({ "user-id": "10", "data-type": "EXERCISE" })],
  ["news of nothing", rows({ "user-id": 10 })],
  ["one that is not understood among others", rows({ "user-id": 10, "data-type": "EXERCISE" }, [])],
  ["no body", { kind: "bodiless", status: 200 }],
])("%s is neither news nor silence", (_what, outcome) => {
  expect(() => notices.read(outcome)).toThrow("notices");
});

test.each([
  ["2026-11-30T06:41:00Z", "2026-11-30T06:41:00.000Z"],
  ["2026-11-30T06:41:00", "2026-11-30T06:41:00.000Z"],
  ["-100000-01-01T00:00:00Z", undefined],
  ["+275760-09-13T00:00:00Z", undefined],
  ["soon", undefined],
  [9e19, undefined],
])("a delivery of %s is of a moment that can be kept, or of none", (timestamp, at) => {
  const body = Buffer.from(JSON.stringify({ event: "SLEEP", user_id: 10, timestamp }));
  const read = readDelivery(body);
  expect(read && typeof read === "object" ? read.at?.toISOString() : read).toBe(at);
});

test("an event is named as the database can keep it", () => {
  const name = `A\0B${"c".repeat(96)}\u{1f984}`;
  const read = readDelivery(Buffer.from(JSON.stringify({ event: name, user_id: 1.5 })));
  expect(read).toMatchObject({ event: `AB${"c".repeat(96)}\ufffd`, isKnown: false, accountId: null });
});
