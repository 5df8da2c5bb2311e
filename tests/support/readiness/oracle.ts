import { readFileSync } from "node:fs";
import { expect } from "vitest";

const FOLDER = new URL("../../oracles/", import.meta.url);

/** Reads one of the expected-value files; their origin is told in tests/oracles/README.md. */
export function readOracle<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as T;
}

/** Equal to 1e-9 relative, or to the last of the 10 decimals that the files print; null only equals null. */
export function expectNear(actual: number | null, expected: number | null, what: string): void {
  if (actual === null || expected === null) {
    expect(actual, what).toBe(expected);
    return;
  }
  const allowed = Math.max(1e-9 * Math.abs(expected), 0.51e-10);
  expect(Math.abs(actual - expected), `${what}: ${actual} should be ${expected}`).toBeLessThanOrEqual(
    allowed,
  );
}
