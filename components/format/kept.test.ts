import { expect, it } from "vitest";
import { createKept } from "./kept";

it("makes a text once for its key, until there are too many", () => {
  const kept = createKept();
  let made = 0;
  const make = () => `text ${++made}`;
  expect([kept("a", make), kept("a", make), kept("b", make)]).toEqual(["text 1", "text 1", "text 2"]);
  for (let i = 0; i < 10_000; i++) kept(`other ${i}`, () => "other");
  expect(kept("a", make)).toBe("text 3");
});
