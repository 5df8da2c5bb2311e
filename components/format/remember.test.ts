import { expect, it } from "vitest";
import { remember } from "./remember";

it("asks once for what was said before, and apart for other values", () => {
  const asked: string[] = [];
  const say = remember((key, values) => {
    asked.push(key);
    return `${key} ${values?.n ?? ""}`;
  });
  expect([say("a", { n: 1 }), say("a", { n: 2 }), say("a", { n: 1 }), say("b"), say("b")]).toEqual([
    "a 1",
    "a 2",
    "a 1",
    "b ",
    "b ",
  ]);
  expect(asked).toEqual(["a", "a", "b"]);
});
