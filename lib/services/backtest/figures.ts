import { z } from "zod";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import { RULE_VERSION } from "@/lib/readiness/rule-version";

const interval = z.object({ mean: z.number(), low: z.number(), high: z.number() });

const ofPreset = z.object({
  chance: z.object({
    mails: interval,
    mailsPerWeek: interval,
    episodes: interval,
    episodesPerAthleteMonth: interval,
    flaggedPerMorning: interval,
    flaggedShare: interval,
  }),
  slide: z.object({ share: z.number(), medianDay: z.number().nullable() }),
});

const figures = z.object({
  ruleVersion: z.literal(RULE_VERSION),
  baselineDays: z.number(),
  loadRisePercent: z.number(),
  drift: z.boolean(),
  loadKind: z.enum(LOAD_KINDS).default("cardio-load"),
  seasons: z.number(),
  presets: z.object({ brief: ofPreset, balanced: ofPreset, quiet: ofPreset }),
});

/** What the simulated seasons of a squad came to, as it is stored. */
export type BacktestFigures = z.output<typeof figures>;

/** A stored result; null when there is none, or when it was made under another rule version. Pure. */
export function readFigures(stored: unknown): BacktestFigures | null {
  return figures.safeParse(stored).data ?? null;
}
