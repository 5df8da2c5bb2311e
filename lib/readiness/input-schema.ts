import { z } from "zod";
import { ReadinessInputError } from "./input-error";
import type { ReadinessInput } from "./types";

const numberOrNull = z.number("must be a number or null").nullable();

const settings = z.strictObject(
  {
    baselineDays: z.number("must be a whole number from 60 to 90"),
    preset: z.enum(["brief", "balanced", "quiet"], "must be brief, balanced or quiet"),
    baselineMethod: z.enum(["mean-sd", "median-mad"], "must be mean-sd or median-mad").optional(),
  },
  "must be an object with baselineDays and preset",
);

const day = z.strictObject(
  {
    date: z.string("must be a day, YYYY-MM-DD"),
    rmssdMs: numberOrNull,
    load: numberOrNull,
    deviceId: z.string("must be text").optional(),
    source: z.enum(["nightly", "morning"], "must be nightly or morning").optional(),
    confirmed: z.boolean("must be true or false").optional(),
    excluded: z.string("must be text, the tag").optional(),
    travel: z.boolean("must be true or false").optional(),
  },
  "must be an object with date, rmssdMs and load",
);

const readinessInput = z.strictObject(
  { settings, days: z.array(day, "must be a list of days") },
  "must be an object with settings and days",
);

/** Reads settings and days from untrusted JSON. Throws ReadinessInputError naming the first field that is wrong. */
export function parseReadinessInput(value: unknown): ReadinessInput {
  const parsed = readinessInput.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  const message = issue.code === "unrecognized_keys" ? "is not a known field" : issue.message;
  throw new ReadinessInputError(fieldName(path), message);
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name === "" ? String(part) : `${name}.${String(part)}`;
  }, "");
  return name === "" ? "input" : name;
}
