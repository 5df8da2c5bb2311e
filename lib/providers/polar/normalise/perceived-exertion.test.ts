import { expect, test } from "vitest";
import { perceivedExertion } from "./perceived-exertion";

const of = (userRpe: string | null, perceivedLoad: number | null = null) =>
  perceivedExertion({ userRpe, perceivedLoad });

test("Polar's ten steps are 1 to 10", () => {
  expect(of("RPE_EASY")).toBe(2);
  expect(of("RPE_MODERATE")).toBe(6);
  expect(of("RPE_EXTREME")).toBe(10);
});

test("a session that nobody judged has none", () => {
  expect([of(null), of("UNKNOWN"), of("RPE_UNHEARD_OF"), of("RPE_NONE"), of("RPE_NONE", 0)]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(of("RPE_NONE", 42)).toBe(1);
});
