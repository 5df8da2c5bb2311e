import { z } from "zod";
import type { Db } from "@/db/client";
import { findLatestResult, findRules } from "@/db/queries/backtest";
import { beforeData } from "@/lib/readiness/backtest/before-data";
import { byPreset } from "@/lib/readiness/backtest/prepare";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import { RULE_VERSION } from "@/lib/readiness/rule-version";
import type { BaselineGrade, Level, Preset } from "@/lib/readiness/types";

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

/** Share of judged athlete-days at a mailed level by chance alone. */
export type OwnChance = Record<Preset, { low: number; high: number }>;

/**
 * What chance alone does to a squad: its own figures, or, before there are any, those of simulated athletes under the
 * squad's rules. Called by verbs that checked their caller.
 */
export async function readChance(db: Db, squad: { squadId: string }): Promise<OwnChance> {
  const own = await readOwnChance(db, squad);
  if (own) return own;
  const rules = await findRules(db, squad);
  return byPreset((preset) => beforeData(preset, rules).flaggedShare);
}

/** A squad's latest figures of chance under its settings; undefined before any were simulated. Called by verbs that checked their caller. */
export async function readOwnChance(db: Db, squad: { squadId: string }): Promise<OwnChance | undefined> {
  const presets = readFigures(await findLatestResult(db, squad))?.presets;
  if (!presets) return undefined;
  const share = (preset: Preset) => presets[preset].chance.flaggedShare;
  return { brief: share("brief"), balanced: share("balanced"), quiet: share("quiet") };
}

/** Share of athlete-days that reach a mailed level although nothing changed. */
type ChanceRange = { low: number; high: number };

/** The squad's own figures ({@link readOwnChance}), once its seasons have been simulated. */
type Own = Record<Preset, ChanceRange> | undefined;

/** Rate per athlete-day by chance alone: the squad's own where there is one, else what holds before a squad has data. */
export function chanceRange(preset: Preset, own?: Own): ChanceRange {
  const { low, high } = own?.[preset] ?? beforeData(preset).flaggedShare;
  return { low, high };
}

/** Whether a day counts among the athlete-days that the rates are shares of: a verdict on a firm baseline. */
export function isJudged({ level, grade }: { level: Level; grade: BaselineGrade }): boolean {
  return level !== "no-verdict" && grade === "firm";
}

/**
 * Whole athletes a morning by chance alone, for a squad in which so many are judged: "1 or 2", "0 or 1", "2 to 4". The
 * one figure of the page's headline and the mail.
 */
export function chanceCounts(input: { preset: Preset; athletes: number; own?: Own }): {
  from: number;
  to: number;
} {
  const { low, high } = chanceRange(input.preset, input.own);
  const from = Math.floor(low * input.athletes);
  return { from, to: Math.max(Math.ceil(high * input.athletes), from + 1) };
}
