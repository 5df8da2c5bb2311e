import { expect, test } from "vitest";
import { errorWithoutValues } from "./error-without-values";

const postgresError = Object.assign(new Error('invalid input syntax for type integer: "49.5"'), {
  severity: "ERROR",
  code: "22P02",
  detail: "Failing row contains (Ingrid, 49.5).",
});

function drizzleError() {
  const error = new Error("Failed query: insert into nights values ($1)\nparams: 49.5", {
    cause: postgresError,
  });
  return Object.assign(error, { query: "insert into nights values ($1)", params: [49.5] });
}

test("a failed query is told by its reason and code, without any value", () => {
  for (const error of [drizzleError(), postgresError]) {
    const safe = errorWithoutValues(error) as Error;
    expect(safe.message).toBe("A query failed: invalid input syntax for type integer (22P02)");
    const everything = JSON.stringify({
      ...safe,
      message: safe.message,
      stack: safe.stack,
      cause: safe.cause,
    });
    expect(everything).not.toMatch(/49\.5|Ingrid/);
    expect(safe.stack).toContain("error-without-values.test.ts");
  }
});

test("a broken connection is told as one", () => {
  const error = Object.assign(new Error("Failed query: select 1\nparams: 49.5"), {
    query: "select 1",
    params: [],
  });
  expect((errorWithoutValues(error) as Error).message).toBe("A query failed: the connection failed");
});

test("other errors are themselves", () => {
  const error = new TypeError("x is not a function");
  expect(errorWithoutValues(error)).toBe(error);
  expect(errorWithoutValues("text")).toBe("text");
});
