import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "./wilson";

test("the interval Wilson's formula gives, worked by hand", () => {
  const { low, high } = wilsonInterval(5, 7);
  expect(low).toBeCloseTo(0.358934, 6);
  expect(high).toBeCloseTo(0.917781, 6);
});

test("none and all of a few cases still leave room", () => {
  expect(wilsonInterval(0, 5)).toEqual({ low: 0, high: expect.closeTo(0.434482, 6) });
  expect(wilsonInterval(5, 5)).toEqual({ low: expect.closeTo(0.565518, 6), high: 1 });
});

test("holds the share, mirrors with the other outcome and narrows with more cases of the same share", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.nat({ max: 400 }), (n, some) => {
      const hits = Math.min(some, n);
      const { low, high } = wilsonInterval(hits, n);
      expect(low).toBeLessThanOrEqual(hits / n + 1e-12);
      expect(high).toBeGreaterThanOrEqual(hits / n - 1e-12);
      const mirrored = wilsonInterval(n - hits, n);
      expect(mirrored.low).toBeCloseTo(1 - high, 12);
      const more = wilsonInterval(4 * hits, 4 * n);
      expect(more.high - more.low).toBeLessThan(high - low);
    }),
  );
});

test("refuses what is no count of cases", () => {
  for (const [hits, n] of [
    [0, 0],
    [3, 2],
    [-1, 2],
    [0.5, 2],
  ] as const)
    expect(() => wilsonInterval(hits, n)).toThrow(RangeError);
});
