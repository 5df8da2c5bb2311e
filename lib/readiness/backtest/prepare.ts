import { RULE_DEFAULTS } from "../constants";
import { hashOfNumbers } from "../input-hash";
import { RULE_VERSION } from "../rule-version";
import { type ScoringSettings, scoreColumns } from "../score-columns";
import { checkSettings, columnsOf } from "../series";
import type { DayInput, Preset } from "../types";
import type { Period, ScoredAthlete } from "./tally";

export type BacktestInput = ScoringSettings & {
  /** One history per athlete, none empty; per-athlete counts come back in this order. */
  athletes: readonly (readonly DayInput[])[];
  /** How many mornings are counted, up to the last day of the histories. */
  days: number;
};

/** Seasons to simulate: some hundred for a steady interval. */
export type SeasonsInput = BacktestInput & { seasons: number };

export type Progress = { done: number; of: number };

/** Lays the histories out and scores them as they were. Throws ReadinessInputError as scoring does. */
export function prepare(input: BacktestInput): { athletes: ScoredAthlete[]; period: Period } {
  checkSettings({ ...input, preset: "brief" });
  const athletes = input.athletes.map((days) => {
    const columns = columnsOf(days);
    return { columns, scored: scoreColumns(columns, input) };
  });
  const lastDay = Math.max(...athletes.map(({ columns }) => columns.firstDay + columns.length - 1));
  return { athletes, period: { firstDay: lastDay - input.days + 1, lastDay } };
}

/** 16 hex digits that change with any day, load, mark or setting of the input: seeds the seasons and keys a cache. */
export function backtestHash(input: SeasonsInput): string {
  return hashOfNumbers(numbersOf(input));
}

/** The seed of every simulation of this input. */
export function seedOf(input: SeasonsInput): number {
  return Number.parseInt(backtestHash(input).slice(0, 8), 16);
}

/** One value for each preset. */
export function byPreset<T>(value: (preset: Preset) => T): Record<Preset, T> {
  return { brief: value("brief"), balanced: value("balanced"), quiet: value("quiet") };
}

function* numbersOf(input: SeasonsInput): Generator<number> {
  const { loadRisePercent = RULE_DEFAULTS.loadRisePercent, drift = RULE_DEFAULTS.drift } = input;
  yield* [input.baselineDays, input.baselineMethod === "median-mad" ? 1 : 0, input.days, input.seasons];
  yield* [Number(RULE_VERSION), loadRisePercent, drift ? 1 : 0];
  for (const days of input.athletes) {
    const columns = columnsOf(days);
    yield columns.firstDay;
    yield* columns.rmssdMs;
    yield* columns.load;
    yield* columns.marks;
  }
}
