import type { Preset } from "@/lib/readiness/types";
import type { CivilDate } from "@/lib/time/civil-date";
import type { BacktestFigures } from "./figures";
import type { OwnChance } from "./own-chance";

/** What a preset would have told the squad on the counted mornings. */
export type PresetReplay = {
  mails: number;
  mailsPerWeek: number;
  /** Athletes named in those mails, and how many on each morning, the oldest first. */
  names: number;
  namedByMorning: number[];
  episodes: number;
  episodesPerAthleteMonth: number;
  flaggedPerMorning: number;
  flaggedShare: number;
};

/** The squad's own figures of chance: not to be had yet, being simulated, or there. */
export type ChanceView =
  | { state: "none" }
  | { state: "running"; inputHash: string; percent: number }
  | { state: "failed" }
  | { state: "done"; figures: BacktestFigures };

export type BacktestView = {
  squad: {
    id: string;
    name: string;
    timeZone: string;
    preset: Preset;
    baselineDays: number;
    mailTime: string;
    loadRisePercent: number;
    drift: boolean;
    nightsSharePercent: number;
    latestMinutes: number;
  };
  ruleVersion: string;
  /** The baseline that is tried, 60 to 90 days; the squad's own unless another was asked for. */
  baselineDays: number;
  /** First and last counted morning; `to` is the squad's yesterday, so that figures stand still while a morning comes in. */
  from: CivilDate;
  to: CivilDate;
  mornings: number;
  fewestMornings: number;
  /** Null with fewer mornings than `fewestMornings`. */
  replay: Record<Preset, PresetReplay> | null;
  chance: ChanceView;
  /** The rates that every other page states meanwhile: of these figures, or of the last ones; null before any, and of a baseline that is only tried. */
  stated: OwnChance | null;
  /** Addresses that the squad's morning mail goes to. */
  recipients: string[];
  /** Athletes by name, with the episodes that would have opened. */
  athletes: { athleteId: string; name: string; episodes: Record<Preset, number> }[];
};

export type BacktestProgress =
  | { state: "running"; percent: number }
  | { state: "done" | "failed" | "gone"; percent: 100 };
