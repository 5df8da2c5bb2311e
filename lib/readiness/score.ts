import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { civilDateOf } from "../time/civil-date";
import { arena } from "./arena";
import { type Baseline, baseline, baselineWindow } from "./baseline";
import type { DayColumns } from "./columns";
import { companionAt, sd7PercentAt } from "./companion";
import { BASELINE_NIGHTS } from "./constants";
import { READING } from "./gate";
import { BLOCK_BIT, levelsOfBits } from "./level";
import { changePercent } from "./load-windows";
import type { ScoredColumns } from "./score-columns";
import { scoreColumns } from "./score-columns";
import { checkSettings, columnsOf } from "./series";
import {
  type BaselineGrade,
  type Guards,
  type ReadinessInput,
  type ReadinessSettings,
  RULES,
  type RuleId,
  type ScoredDay,
  type Truth,
} from "./types";
import { REASONS } from "./verdict";

/** A scored history in columns; `dayAt` and the evidence read from it on demand. */
export type ScoredSeries = {
  settings: ReadinessSettings;
  columns: DayColumns;
  scored: ScoredColumns;
  /** Of heart rate, in bpm: read beside the verdict and no part of it. */
  heartRate: Baseline;
};

/**
 * Scores an athlete's history: one entry for every calendar day from the first to the last, whatever the order of
 * `days`. The method is docs/method. Throws ReadinessInputError on a duplicate date or a bad value.
 */
export function scoreDays(input: ReadinessInput): ScoredDay[] {
  const series = scoreSeries(input);
  return Array.from({ length: series.columns.length }, (_, t) => dayAt(series, t));
}

/** As `scoreDays`, kept in columns: for callers that need only some of the days as objects. */
export function scoreSeries(input: ReadinessInput): ScoredSeries {
  checkSettings(input.settings);
  const columns = columnsOf(input.days);
  const { settings } = input;
  const space = arena(columns.length, { floats: 2, ints: 0, words: 0, bytes: 1 });
  return {
    settings,
    columns,
    scored: scoreColumns(columns, settings),
    heartRate: baseline(columns, columns.heartRateBpm, baselineWindow(settings.baselineDays), space),
  };
}

/** The scored day at `index`, counted from the first day of the history. */
export function dayAt(series: ScoredSeries, index: number): ScoredDay {
  const { columns, scored } = series;
  const reason = REASONS[scored.reasons[index]!]!;
  const levels = reason === null ? levelsOfBits(scored.rules.holds[index]!, series.settings.preset) : [];
  return {
    date: civilDateOf(columns.firstDay + index),
    rmssdMs: numberAt(columns.rmssdMs, index),
    x: numberAt(scored.gated.x, index),
    valid: scored.gated.reading[index] === READING.valid,
    suspect: scored.gated.reading[index] === READING.suspect,
    baseline: {
      n: scored.base.n[index]!,
      mean: numberAt(scored.base.mean, index),
      sd: numberAt(scored.base.sd, index),
      grade: baselineGrade(scored.base.n[index]!),
    },
    z: numberAt(scored.rules.z, index),
    mean7: numberAt(scored.mean7.mean, index),
    mean28: numberAt(scored.mean28.mean, index),
    mean14: numberAt(scored.drift.mean14, index),
    reference: {
      n: scored.drift.reference.n[index]!,
      mean: numberAt(scored.drift.reference.mean, index),
      sd: numberAt(scored.drift.reference.sd, index),
    },
    sd7Percent: sd7PercentAt(scored, index),
    companion: companionAt(series, index),
    trend7: trendAt(scored, index),
    load: loadAt(scored, index),
    rules: rulesAt(scored, index),
    guards: guardsAt(scored.rules.holds[index]!),
    level: levels[0] ?? "no-verdict",
    levels: levels.length > 0 ? levels : ["no-verdict"],
    reason,
  };
}

function baselineGrade(n: number): BaselineGrade {
  if (n >= BASELINE_NIGHTS.firm) return "firm";
  return n >= BASELINE_NIGHTS.provisional ? "provisional" : "none";
}

function trendAt({ trend }: ScoredColumns, index: number): ScoredDay["trend7"] {
  const n = trend.n[index]!;
  const slopePerDay = numberAt(trend.slope, index);
  return { n, slopePerDay, pOneSidedFalling: slopePerDay === null ? null : tCdf(trend.t[index]!, n - 2) };
}

function loadAt({ load }: ScoredColumns, index: number): ScoredDay["load"] {
  return {
    sum7: numberAt(load.sum7, index),
    prev7: numberAt(load.sum7, index - 7),
    ewma7: numberAt(load.ewma7, index),
    ewma28: numberAt(load.ewma28, index),
    known7: load.known7[index]!,
    knownPrev7: load.known7[index - 7] ?? 0,
    changePercent: changePercentAt(load, index),
  };
}

function changePercentAt({ sum7, known7 }: ScoredColumns["load"], index: number): number | null {
  if (known7[index] !== 7 || known7[index - 7] !== 7) return null;
  return changePercent(sum7[index]!, sum7[index - 7]!);
}

function rulesAt({ rules }: ScoredColumns, index: number): Record<RuleId, Truth> {
  const truth = (rule: RuleId): Truth => {
    if (!(rules.defined[index]! & BLOCK_BIT[rule])) return null;
    return (rules.holds[index]! & BLOCK_BIT[rule]) !== 0;
  };
  return Object.fromEntries(RULES.map((rule) => [rule, truth(rule)])) as Record<RuleId, Truth>;
}

function guardsAt(holds: number): Guards {
  return {
    belowUsual: (holds & BLOCK_BIT.belowUsual) !== 0,
    aboveUsual: (holds & BLOCK_BIT.aboveUsual) !== 0,
    lowThreeDays: (holds & BLOCK_BIT.lowThreeDays) !== 0,
    settledLower: (holds & BLOCK_BIT.settledLower) !== 0,
  };
}

function numberAt(column: Float64Array, index: number): number | null {
  const value = column[index];
  return value === undefined || Number.isNaN(value) ? null : value;
}
