import { expect, test } from "vitest";
import { allStreams } from "@/lib/wearables/connector";
import { tenNights } from "@/tests/providers/ten-nights/connector";
import { providers } from "./registry";

/** As the product has them, and with one more. */
const registry = [...providers, tenNights] as const;

test("no two providers have a name or a stream in common", () => {
  for (const names of [registry.map(({ id }) => id), allStreams(registry).map(({ id }) => id)])
    expect(names.toSorted()).toEqual([...new Set(names)].sort());
});

test.each(registry)(
  "$name has transactions for the streams that it says come in them, and for no other",
  (connector) => {
    const inTransactions = connector.streams.filter(({ delivery }) => delivery === "transaction");
    expect(Object.keys(connector.transactions ?? {})).toEqual(inTransactions.map(({ id }) => id));
  },
);

test.each(registry)("$name has a request for every stream that comes in windows", ({ streams, requests }) => {
  const window = { from: "2026-11-01", to: "2026-11-20", isFirst: true };
  for (const { id } of streams.filter(({ delivery }) => delivery === "window"))
    expect(requests(id, window), id).not.toEqual([]);
});

test.each(registry)(
  "companions of $name's streams, and streams that rest on others, name streams it has",
  ({ streams }) => {
    const ids = streams.map(({ id }) => id);
    const named = streams.flatMap(({ partOf, restsOn }) => [partOf ?? [], restsOn ?? []].flat());
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  },
);
