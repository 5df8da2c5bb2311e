import { describe, expect, it } from "vitest";
import { arrowOf } from "./arrow";

describe("arrowOf", () => {
  it("stays level within its dead band", () => {
    expect([5.1, 5, 0, -5, -5.1].map((change) => arrowOf(change, 5))).toEqual(["↗", "→", "→", "→", "↘"]);
  });
});
