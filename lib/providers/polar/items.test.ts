import fc from "fast-check";
import { expect, test } from "vitest";
import { itemTexts } from "./items";

test("each element keeps the exact text it came with", () => {
  const text =
    '{"polar_user": "a]b", "nights" : [ {"date":"2026-01-01", "x":1.0e0} , {"s":"}\\"]"}\n,7,"a,b",null ]}';
  expect(itemTexts(text, "nights")).toEqual([
    '{"date":"2026-01-01", "x":1.0e0}',
    '{"s":"}\\"]"}',
    "7",
    '"a,b"',
    "null",
  ]);
});

test("an empty array has no items; an absent or different value is told apart", () => {
  expect(itemTexts("[]", null)).toEqual([]);
  expect(itemTexts('{"nights":{}}', "nights")).toBeNull();
  expect(itemTexts('{"other":[1]}', "nights")).toBeNull();
  expect(itemTexts('{"x":{"nights":[1]}}', "nights")).toBeNull();
});

test("any array of JSON values splits into its elements, whatever the spacing", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 1, 2), (values, indent) => {
      const list = itemTexts(JSON.stringify(values, null, indent), null) ?? [];
      expect(list.map((item) => JSON.parse(item))).toEqual(JSON.parse(JSON.stringify(values)));
      const wrapped =
        itemTexts(JSON.stringify({ "a\\": values.length, list: values }, null, indent), "list") ?? [];
      expect(wrapped).toHaveLength(values.length);
    }),
  );
});
