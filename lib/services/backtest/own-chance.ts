import type { Db } from "@/db/client";
import { findLatestResult } from "@/db/queries/backtest/find";
import type { Preset } from "@/lib/readiness/types";
import { readFigures } from "./figures";

/** Share of judged athlete-days at a mailed level by chance alone, from the squad's own simulated seasons. */
export type OwnChance = Record<Preset, { low: number; high: number }>;

/** A squad's latest figures of chance under its settings; undefined before any were simulated. Called by verbs that checked their caller. */
export async function readOwnChance(db: Db, squad: { squadId: string }): Promise<OwnChance | undefined> {
  const presets = readFigures(await findLatestResult(db, squad))?.presets;
  if (!presets) return undefined;
  const share = (preset: Preset) => presets[preset].chance.flaggedShare;
  return { brief: share("brief"), balanced: share("balanced"), quiet: share("quiet") };
}
