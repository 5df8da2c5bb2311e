import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { isCivilDate } from "./civil";

const deviceSchema = z.strictObject({
  model: z.string().min(1),
  id: z.string().min(1),
  /** What the device can do beyond heart rate and nights. */
  features: z
    .array(z.enum(["training-load-pro", "temperature", "ecg", "spo2", "gps", "power"]))
    .default(["training-load-pro", "gps"]),
});

/** A replay of a real person's days from simulator/data. */
const replaySchema = z.strictObject({ kind: z.literal("replay"), person: z.string() });

/** A written story: a usual level and what happens in the days before the scenario's first day. */
const storySchema = z.strictObject({
  kind: z.literal("story"),
  historyDays: z.int().min(1).max(180).default(90),
  rmssdMs: z.number().positive(),
  /** Standard deviation of ln RMSSD from night to night. */
  sd: z.number().positive().default(0.12),
  /** The last nights, oldest first, ending today, in standard deviations from usual; null: no reading. */
  recentZ: z.array(z.number().nullable()).default([]),
  /** Cardio load of a usual week, Monday first. */
  weekLoads: z.array(z.number().min(0)).length(7),
  /** From so many days ago on, the week's load times the factor. */
  loadFactors: z.array(z.strictObject({ daysAgo: z.int().min(0), factor: z.number().min(0) })).default([]),
  /** Nights without the watch, counted back from today. */
  missingDaysAgo: z.array(z.int().min(0)).default([]),
  /** Share of other nights without the watch. */
  missingShare: z.number().min(0).max(1).default(0),
  deviceChange: z.strictObject({ daysAgo: z.int().min(0), device: deviceSchema }).optional(),
  travel: z.strictObject({ daysAgo: z.int().min(0), shiftMinutes: z.int() }).optional(),
  /** After the first complete sync the athlete takes back the consents (403) or the token (401). */
  withdraws: z.enum(["consents", "token"]).optional(),
});

const athleteSchema = z.strictObject({
  login: z.string().regex(/^[a-z0-9-]+$/),
  firstName: z.string(),
  lastName: z.string(),
  email: z.email(),
  gender: z.enum(["MALE", "FEMALE"]),
  birthdate: z.string().refine(isCivilDate, "a calendar day"),
  weightKg: z.number().positive(),
  heightCm: z.number().positive(),
  restingHr: z.int().positive(),
  maximumHr: z.int().positive(),
  vo2max: z.int().positive(),
  device: deviceSchema,
  sports: z.array(z.string()).min(1),
  /** Records some sessions with a chest strap, so that RR intervals exist. */
  chestStrap: z.literal(true).optional(),
  story: z.string(),
  source: z.discriminatedUnion("kind", [replaySchema, storySchema]),
});

export const scenarioSchema = z.strictObject({
  name: z.string(),
  about: z.string(),
  timeZone: z.string(),
  rateLimits: z
    .strictObject({ per15Minutes: z.int().positive(), perDay: z.int().positive(), reason: z.string() })
    .optional(),
  athletes: z.array(athleteSchema).min(1),
});

export type Device = z.infer<typeof deviceSchema>;
export type Story = z.infer<typeof storySchema>;
export type Athlete = z.infer<typeof athleteSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;

/** Read a scenario by bundled name (`demo`, `small`) or by path. */
export function readScenario(nameOrPath: string): Scenario {
  const bundled = /^[a-z0-9-]+$/.test(nameOrPath);
  const path = bundled
    ? fileURLToPath(new URL(`./scenarios/${nameOrPath}.json`, import.meta.url))
    : nameOrPath;
  return scenarioSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}
