import type { z } from "zod";
import type { RejectReason } from "@/lib/wearables/reject-reasons";
import type { Rejected } from "@/lib/wearables/types";

type Path = readonly PropertyKey[];

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (Array.isArray(value)) {
    const at = Number(key);
    return rest.length === 0 ? value.toSpliced(at, 1) : value.with(at, without(value[at], rest));
  }
  const record = { ...(value as Record<PropertyKey, unknown>) };
  if (rest.length === 0) delete record[key];
  else record[key] = without(record[key], rest);
  return record;
}

function nameOf(path: Path): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/** Later positions of an array first, so that taking one out leaves the others in place. */
function fromTheEnd(a: Path, b: Path): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const [x, y] = [a[at], b[at]];
    if (typeof x === "number" && typeof y === "number" && x !== y) return y - x;
    if (x !== y) return String(x ?? "") < String(y ?? "") ? 1 : -1;
  }
  return 0;
}

/** The value to take out for an issue: the faulty one, or what holds it when it is required and missing. */
function culprit(candidate: unknown, path: Path): Path {
  return path.length > 0 && valueAt(candidate, path) === undefined ? path.slice(0, -1) : path;
}

const EXPECTED: Partial<Record<string, RejectReason>> = {
  number: "expected-number",
  int: "expected-number",
  string: "expected-string",
  boolean: "expected-boolean",
  array: "expected-array",
  object: "expected-object",
  record: "expected-object",
};

const FORMAT: Partial<Record<string, RejectReason>> = { date: "not-a-date", datetime: "not-a-time" };

/** Why the schema refused a value, in our own words. */
function reasonOf(candidate: unknown, issue: z.core.$ZodIssue): RejectReason {
  if (issue.code === "too_big" || issue.code === "too_small")
    return issue.origin === "string" || issue.origin === "array" ? "too-long" : "out-of-range";
  if (issue.code === "invalid_format") return FORMAT[issue.format] ?? "not-as-expected";
  if (issue.code === "invalid_value") return "unknown-value";
  if (issue.code !== "invalid_type") return "not-as-expected";
  if (valueAt(candidate, issue.path) === undefined) return "missing";
  return EXPECTED[issue.expected] ?? "not-as-expected";
}

/**
 * Parses `json`, taking out what the schema refuses at the smallest level: a field, then the object that cannot be
 * without it. `value` is null when the whole cannot be read.
 */
export function readTolerantly<S extends z.ZodType>(
  schema: S,
  json: unknown,
): { value: z.output<S> | null; rejected: Rejected[] } {
  const rejected: Rejected[] = [];
  let candidate = json;
  for (let round = 0; round < 6; round += 1) {
    const parsed = schema.safeParse(candidate);
    if (parsed.success) return { value: parsed.data, rejected };
    const issues = parsed.error.issues.toSorted((a, b) => fromTheEnd(a.path, b.path));
    rejected.push(
      ...issues.map((issue) => ({ path: nameOf(issue.path), reason: reasonOf(candidate, issue) })).reverse(),
    );
    const culprits = new Map(
      issues.map((issue) => culprit(candidate, issue.path)).map((path) => [nameOf(path), path]),
    );
    if (culprits.has("")) return { value: null, rejected };
    for (const path of culprits.values()) candidate = without(candidate, path);
  }
  return { value: null, rejected };
}
