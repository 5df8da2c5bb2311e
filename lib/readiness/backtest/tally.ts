import { type AlertRank, alertTracker } from "../../alerts/tracker";
import type { DayColumns } from "../columns";
import { BASELINE_NIGHTS } from "../constants";
import { BLOCK_BIT, levelOfBits } from "../level";
import type { ScoredColumns } from "../score-columns";
import type { Level, Preset } from "../types";

/** The mornings that are counted, as days after 1970-01-01, both included. */
export type Period = { firstDay: number; lastDay: number };

/** What a squad's mornings would have held under one preset. */
export type Tally = {
  /** Athlete-days with a verdict on a firm baseline, and those of them at a mailed level. */
  judgedDays: number;
  flaggedDays: number;
  /** Episodes that opened, by athlete in the order given. */
  episodesByAthlete: number[];
  /** Athletes at a mailed level, and athletes named in the mail, on each morning of the period. */
  flaggedByMorning: number[];
  namedByMorning: number[];
};

export type ScoredAthlete = { columns: DayColumns; scored: ScoredColumns };

const RANKS: Partial<Record<Level, AlertRank>> = { unexplained: 1, flag: 2, recovery: 3 };
const ALL_BITS = 2 * BLOCK_BIT.settledLower;

const RANK_OF_BITS: Record<Preset, Uint8Array> = {
  brief: ranksOf("brief"),
  balanced: ranksOf("balanced"),
  quiet: ranksOf("quiet"),
};

/** Counts a squad's mornings of a period; earlier days are gone through so that episodes already open are known. */
export function tallyOf(athletes: readonly ScoredAthlete[], preset: Preset, period: Period): Tally {
  const mornings = Math.max(0, period.lastDay - period.firstDay + 1);
  const tally: Tally = {
    judgedDays: 0,
    flaggedDays: 0,
    episodesByAthlete: [],
    flaggedByMorning: Array<number>(mornings).fill(0),
    namedByMorning: Array<number>(mornings).fill(0),
  };
  for (const athlete of athletes) addAthlete(tally, athlete, RANK_OF_BITS[preset], period);
  return tally;
}

function addAthlete(
  tally: Tally,
  { columns, scored }: ScoredAthlete,
  ranks: Uint8Array,
  period: Period,
): void {
  const tracker = alertTracker();
  const last = Math.min(columns.length - 1, period.lastDay - columns.firstDay);
  let before = 0;
  for (let t = 0; t <= last; t++) {
    const day = columns.firstDay + t;
    if (scored.reasons[t] !== 0) continue;
    const isFirm = scored.base.n[t]! >= BASELINE_NIGHTS.firm;
    const rank = isFirm ? (ranks[scored.rules.holds[t]!]! as AlertRank) : 0;
    const told = tracker.step(day, rank);
    if (day < period.firstDay) {
      before = tracker.episodes();
      continue;
    }
    if (isFirm) tally.judgedDays++;
    if (rank > 0) {
      tally.flaggedDays++;
      tally.flaggedByMorning[day - period.firstDay]!++;
    }
    if (told) tally.namedByMorning[day - period.firstDay]!++;
  }
  tally.episodesByAthlete.push(tracker.episodes() - before);
}

function ranksOf(preset: Preset): Uint8Array {
  return Uint8Array.from({ length: ALL_BITS }, (_, bits) => RANKS[levelOfBits(bits, preset)] ?? 0);
}
