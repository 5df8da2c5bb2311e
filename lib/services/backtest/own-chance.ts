import type { Db } from "@/db/client";
import { findLatestResult, findRules } from "@/db/queries/backtest";
import { beforeData } from "@/lib/readiness/backtest/before-data";
import { byPreset } from "@/lib/readiness/backtest/prepare";
import type { Preset } from "@/lib/readiness/types";
import { readFigures } from "./figures";

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
