import { describe, expect, it } from "vitest";
import { downsample } from "./view";

describe("downsample", () => {
  it("leaves a short series as it is", () => {
    expect(downsample([1, null, 3], 5, 10)).toEqual({ stepS: 5, values: [1, null, 3] });
  });

  it("takes means of equal stretches and keeps time", () => {
    expect(downsample([1, 3, 5, 7, 9], 1, 3)).toEqual({ stepS: 2, values: [2, 6, 9] });
  });

  it("skips silent moments, and says so where all are silent", () => {
    expect(downsample([null, 4, null, null], 1, 2).values).toEqual([4, null]);
  });

  it("never gives more points than asked for", () => {
    for (const length of [1, 299, 300, 301, 3600, 86_401]) {
      expect(downsample(Array(length).fill(1), 1, 300).values.length).toBeLessThanOrEqual(300);
    }
  });
});
