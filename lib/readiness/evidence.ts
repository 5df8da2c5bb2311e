import { addDays, epochDayOf } from "../time/civil-date";
import { clearsToday, clearsTomorrow, type TomorrowClearing } from "./clearing";
import { MARK } from "./columns";
import { RULE_DEFAULTS } from "./constants";
import { contextAt, type DayContext } from "./context";
import { isMailedLevel } from "./level";
import type { LoadKind } from "./load/kind";
import { type Quality, qualityAt } from "./quality";
import { RULE_VERSION } from "./rule-version";
import { dayAt, type ScoredSeries } from "./score";
import type { BaselineMethod, HrvSource, Preset, ScoredDay } from "./types";
import { type WayBack, wayBackAt } from "./way-back";

type Window = { from: string; to: string };

/** Everything a verdict rests on, as plain JSON: stored with the day, never recomputed for display. */
export type Evidence = ScoredDay & {
  ruleVersion: string;
  preset: Preset;
  source: HrvSource;
  baselineDays: number;
  baselineMethod: BaselineMethod;
  /** The squad's margin of R6 in percent. */
  loadRisePercent: number;
  /** Whether the squad asks R7. */
  driftRule: boolean;
  /** What the loads are, where a squad chooses it; absent: Polar's cardio load, or as the caller gave them. */
  loadKind?: LoadKind;
  /** First and last calendar day of each window. */
  windows: Record<"baseline" | "mean7" | "mean28" | "mean14" | "reference" | "load7" | "loadPrev7", Window>;
  quality: Quality;
  /** Absent from days that were stored before it was kept. */
  context?: DayContext;
  /** Only where a mailed level holds. */
  clearing: { today: { rmssdMs: number | null }; tomorrow: TomorrowClearing } | null;
  /** Only where a mailed level holds; absent from days that were stored before it was kept. */
  wayBack?: WayBack | null;
};

/** The evidence of the day at `index` of a scored history. */
export function evidenceAt(series: ScoredSeries, index: number): Evidence {
  const day = dayAt(series, index);
  return {
    ...day,
    ruleVersion: RULE_VERSION,
    preset: series.settings.preset,
    source: series.columns.marks[index]! & MARK.morning ? "morning" : "nightly",
    baselineDays: series.settings.baselineDays,
    baselineMethod: series.settings.baselineMethod ?? "mean-sd",
    loadRisePercent: series.settings.loadRisePercent ?? RULE_DEFAULTS.loadRisePercent,
    driftRule: series.settings.drift ?? RULE_DEFAULTS.drift,
    windows: windowsOf(day.date, series.settings.baselineDays),
    quality: qualityAt(series, index),
    context: contextAt(series, index),
    clearing: isMailedLevel(day.level)
      ? { today: { rmssdMs: clearsToday(series, index) }, tomorrow: clearsTomorrow(series, index) }
      : null,
    wayBack: isMailedLevel(day.level) ? wayBackAt(series, index) : null,
  };
}

/** What rule version 1 neither asked nor kept. */
const BEFORE_VERSION_2 = {
  mean14: null,
  reference: { n: 0, mean: null, sd: null },
  sd7Percent: null,
  companion: { heartRate: { n: 0, mean: null, sd: null }, zHr: null, pattern: null },
  loadRisePercent: 0,
  driftRule: false,
} satisfies Partial<Evidence>;

/** Evidence as it was stored, also by an earlier rule version: an archived squad's days are not scored again. */
export type StoredEvidence = Omit<Evidence, keyof typeof BEFORE_VERSION_2> & Partial<Evidence>;

/** Stored evidence with what an earlier rule version neither asked nor kept. */
export function readEvidence(stored: StoredEvidence): Evidence {
  return { ...BEFORE_VERSION_2, ...stored };
}

/** The evidence of one date of a scored history; undefined outside of it. */
export function evidenceFor(series: ScoredSeries, date: string): Evidence | undefined {
  const index = epochDayOf(date) - series.columns.firstDay;
  return index >= 0 && index < series.columns.length ? evidenceAt(series, index) : undefined;
}

function windowsOf(date: string, baselineDays: number): Evidence["windows"] {
  const days = (first: number, last: number): Window => ({
    from: addDays(date, -first),
    to: addDays(date, -last),
  });
  return {
    baseline: days(baselineDays, 1),
    mean7: days(6, 0),
    mean28: days(27, 0),
    mean14: days(13, 0),
    reference: days(90, 31),
    load7: days(7, 1),
    loadPrev7: days(14, 8),
  };
}
