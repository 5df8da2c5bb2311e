import { z } from "zod";
import { isCivilDate } from "../time/civil-date";
import { ReadinessInputError } from "./input-error";
import { BASELINE_METHODS, type DayInput, PRESETS, type ReadinessInput } from "./types";

const numberOrNull = z.number("must be a number or null").nullable();

const REFERENCE_FIX = "must be null, a day YYYY-MM-DD or a list of days";
const civilDate = z.string(REFERENCE_FIX).refine(isCivilDate, REFERENCE_FIX);

const settings = z.strictObject(
  {
    baselineDays: z.number("must be a whole number from 60 to 90"),
    preset: z.enum(PRESETS, "must be brief, balanced or quiet"),
    baselineMethod: z.enum(BASELINE_METHODS, "must be mean-sd or median-mad").optional(),
    loadRisePercent: z.number("must be a whole number from 0 to 50").optional(),
    drift: z.boolean("must be true or false").optional(),
    referenceFrom: z
      .union([civilDate, z.array(civilDate)], REFERENCE_FIX)
      .nullable()
      .optional(),
  },
  "must be an object with baselineDays and preset",
);

const day = z.strictObject(
  {
    date: z.string("must be a day, YYYY-MM-DD"),
    rmssdMs: numberOrNull,
    load: numberOrNull,
    deviceId: z.string("must be text").optional(),
    heartRateBpm: numberOrNull.optional(),
    source: z.string("must be text").optional(),
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
  if (parsed.success) return withNewUsual(parsed.data);
  const issue = parsed.error.issues[0]!;
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  const message = issue.code === "unrecognized_keys" ? "is not a known field" : issue.message;
  throw new ReadinessInputError(fieldName(path), message);
}

type Parsed = z.infer<typeof readinessInput>;

/** Stands an athlete's `referenceFrom` at its days, as the app keeps it; a date outside of the history can change nothing in it. */
function withNewUsual({ settings: { referenceFrom = null, ...settings }, days }: Parsed): ReadinessInput {
  if (referenceFrom === null) return { settings, days };
  const wanted = new Set([referenceFrom].flat());
  const marked: DayInput[] = days.map((day) => (wanted.has(day.date) ? { ...day, newUsual: true } : day));
  const dates = days.map((day) => day.date).sort();
  for (const { date } of days) wanted.delete(date);
  const inGaps = [...wanted].filter((date) => date > dates[0]! && date < dates.at(-1)!);
  return {
    settings,
    days: [...marked, ...inGaps.map((date) => ({ date, rmssdMs: null, load: null, newUsual: true }))],
  };
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name === "" ? String(part) : `${name}.${String(part)}`;
  }, "");
  return name === "" ? "input" : name;
}
