import { expect, test } from "vitest";
import { ticksBetween } from "./ticks";

test.each([
  [0, 412, 5, [0, 100, 200, 300, 400]],
  [1, 7, 6, [1, 2, 3, 4, 5, 6, 7]],
  [5.2, 9.4, 5, [6, 7, 8, 9]],
  [-0.42, 0.31, 4, [-0.4, -0.2, 0, 0.2]],
])("from %d to %d about %d", (low, high, about, ticks) => {
  expect(ticksBetween(low, high, about)).toEqual(ticks);
});
