import { z } from "zod";

const retired = z.union([z.null(), z.literal(405), z.literal(410)]).default(null);

/** What Polar's documentation leaves open or contradicts: each a switch, each default our best reading. */
const knobsSchema = z.strictObject({
  /** Minutes until an uncommitted transaction lapses and its items return; undocumented, an assumption. */
  txTtlMinutes: z.number().positive().default(10),
  /** The same in reads of a transaction, so that a clock that stands still knows lifetimes of seconds too. */
  txTtlRequests: z.int().min(1).nullable().default(null),
  /** What an open transaction lists instead of its items. */
  openList: z.enum(["items", "empty", "204", "bodiless", "other-shape", "page"]).default("items"),
  /** The answer to a commit that was done. */
  commitAnswer: z.enum(["200", "204", "200-body", "202", "page"]).default("200"),
  /** How many items of each transaction, the first ones, answer 204 although it lists them. */
  absentItems: z.int().min(0).default(0),
  /** `empty`: transactions are opened where nothing is new. `withhold`: none is opened whatever is new. */
  opening: z.enum(["documented", "empty", "withhold"]).default("documented"),
  secondPost: z.enum(["new-items-only", "204-while-open", "return-same"]).default("new-items-only"),
  doubleCommit: z.union([z.literal(404), z.literal(204)]).default(404),
  readAfterCommit: z.union([z.literal(404), z.literal(204)]).default(404),
  itemsPerTransaction: z.int().min(1).max(50).default(50),
  unregisteredStatus: z.union([z.literal(403), z.literal(401), z.literal(404), z.literal(204)]).default(403),
  registerStatus: z.union([z.literal(200), z.literal(201)]).default(200),
  badClientStatus: z.union([z.literal(400), z.literal(401)]).default(400),
  expiresInS: z.int().positive().default(315_359_999),
  /** How the token answer tells of its lifetime: documented, and "tokens do not expire" is, too. */
  expiry: z.enum(["told", "absent", "null", "zero", "words"]).default("told"),
  sampleType: z.enum(["string", "integer"]).default("string"),
  heartRateRange: z.enum(["wrapped", "single"]).default("wrapped"),
  veryHighKey: z.enum(["very_high", "very-high"]).default("very_high"),
  errorBody: z.enum(["wrapped", "flat", "empty"]).default("wrapped"),
  pingSignature: z.boolean().default(false),
  durations: z.enum(["hms", "seconds"]).default("hms"),
  activityTime: z.enum(["minute", "second"]).default("minute"),
  /** Local start times, plain or with the `Z` that Polar's documentation wrote behind them before 2020. */
  startTimes: z.enum(["naive", "zulu"]).default("naive"),
  /** What `modified` of the current body data says of the last entry: its second, the second it rounds to, or a minute later. */
  bodyModified: z.enum(["truncated", "rounded", "later"]).default("truncated"),
  /** Body data as the watch counts them, in single precision, in the plain resource. */
  singlePrecision: z.boolean().default(false),
  /** A nap of 35 minutes on every third date, in the list of sleeps before or after the night of that date. */
  naps: z.enum(["none", "before-night", "after-night"]).default("none"),
  inactivityStamps: z.enum(["array", "wrapped"]).default("array"),
  runningIndexKey: z.enum(["running-index", "running_index"]).default("running-index"),
  /** The status that a retired transaction family answers to everything, null while it lives. */
  retired: z
    .strictObject({ exercise: retired, activity: retired, physical: retired })
    .default({ exercise: null, activity: null, physical: null }),
  rateLimits: z
    .strictObject({ per15Minutes: z.int().min(1), perDay: z.int().min(1) })
    .nullable()
    .default(null),
  loopbackRedirects: z.boolean().default(true),
  responseDelayMs: z.number().min(0).default(0),
  webhookRetryDelaysS: z.array(z.number().min(0)).default([10, 60, 600]),
  webhookDelayMs: z.number().min(0).default(0),
  /** How many of the next deliveries never leave, and how many go out twice. */
  webhookLose: z.int().min(0).default(0),
  webhookDuplicate: z.int().min(0).default(0),
});

export type Knobs = z.infer<typeof knobsSchema>;

export const defaultKnobs: Knobs = knobsSchema.parse({});

/** Merge a partial setting; throws ZodError naming the key when it does not fit. */
export function mergeKnobs(current: Knobs, change: unknown): Knobs {
  const partial = z.record(z.string(), z.unknown()).parse(change);
  const retiredChange = z.record(z.string(), z.unknown()).optional().parse(partial.retired);
  const merged = { ...current, ...partial };
  return knobsSchema.parse(
    retiredChange ? { ...merged, retired: { ...current.retired, ...retiredChange } } : merged,
  );
}
