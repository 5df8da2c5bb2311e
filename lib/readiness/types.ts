import type { CivilDate } from "../time/civil-date";

/**
 * What a day can say, in the order in which it asks for attention: of rows, tiles, filters, legends and number keys. The
 * order in which a level wins over another is the same, but `no-verdict` pre-empts them all.
 */
export const LEVELS = ["recovery", "flag", "unexplained", "watch", "no-verdict", "high", "steady"] as const;
export type Level = (typeof LEVELS)[number];

/** The levels that may be mailed, highest first. */
export const MAILED_LEVELS = ["recovery", "flag", "unexplained"] as const satisfies readonly Level[];
export type MailedLevel = (typeof MAILED_LEVELS)[number];

/** Which of the published rules a squad is shown and mailed: from the preset that tells most to the one that tells least. */
export const PRESETS = ["brief", "balanced", "quiet"] as const;
export type Preset = (typeof PRESETS)[number];

/** Where a series of RMSSD comes from: Nightly Recharge, or a short lying recording in the morning. */
export const HRV_SOURCES = ["nightly", "morning"] as const;
export type HrvSource = (typeof HRV_SOURCES)[number];

/** How a baseline's centre and spread are taken: mean and sample SD, or median and 1.4826 x MAD. */
export const BASELINE_METHODS = ["mean-sd", "median-mad"] as const;
export type BaselineMethod = (typeof BASELINE_METHODS)[number];

/** What a coach may decide about one day: its suspect value counts, it stays out, it is no travel, the level from it on is usual. */
export const DAY_DECISIONS = ["confirmed", "excluded", "not-travel", "new-usual"] as const;
export type DayDecision = (typeof DAY_DECISIONS)[number];

/** Why a coach keeps a day out of the baseline. */
export const DAY_TAGS = ["sick", "injured", "travel", "altitude", "device", "other"] as const;

/** One calendar day of an athlete as it is stored. */
export type DayInput = {
  date: CivilDate;
  /** RMSSD of the night or morning, ms; null when there is no reading. */
  rmssdMs: number | null;
  /** Mean heart rate of the same night or recording, bpm; read beside RMSSD, it changes no level. */
  heartRateBpm?: number | null;
  /** Training load of the day, arbitrary units; null (or negative) when it is not known. 0 is a known rest day. */
  load: number | null;
  /** Changes when the athlete changes device; absent means "as before". */
  deviceId?: string;
  /** Names the series the reading belongs to; absent means "as before", `nightly` at the start. */
  source?: string;
  /** A person accepted a suspect value of this day. */
  confirmed?: boolean;
  /** The tag that takes this day out of the baseline and of judgement, for example `sick`. */
  excluded?: string;
  /** From this day on a coach takes the athlete's present level as usual: R7 compares with no day before it. */
  newUsual?: boolean;
  /** The days after a jump of time zones: the value counts as any other, what it leads to is labelled. */
  travel?: boolean;
};

export type ReadinessSettings = {
  /** Calendar days in the baseline, ending yesterday: 60 to 90. */
  baselineDays: number;
  preset: Preset;
  /** `mean-sd` when absent. */
  baselineMethod?: BaselineMethod;
  /** Percent by which a week of load must exceed the week before for R6, a whole number from 0 to 50; 5 when absent. */
  loadRisePercent?: number;
  /** Whether R7 is asked; true when absent. */
  drift?: boolean;
};

export type ReadinessInput = { settings: ReadinessSettings; days: readonly DayInput[] };

/** Three-valued: null means that it cannot be said. */
export type Truth = boolean | null;

/** The published rules (docs/method/rules.md). */
export const RULES = ["R1", "R2", "R3", "R4", "R5", "R6", "R7"] as const;
export type RuleId = (typeof RULES)[number];

/** `firm` from 30 valid nights, `provisional` from 14, `none` below. */
export const BASELINE_GRADES = ["firm", "provisional", "none"] as const;
export type BaselineGrade = (typeof BASELINE_GRADES)[number];

/** Why a day has no verdict, in order of precedence. */
export const NO_VERDICT_REASONS = [
  "no-reading",
  "invalid",
  "suspect",
  "device-changed",
  "source-changed",
  "baseline-building",
  "excluded",
] as const;
export type NoVerdictReason = (typeof NO_VERDICT_REASONS)[number];

/** Comparisons that levels use beside the rules. */
export type Guards = {
  /** The 7-day mean lies below the baseline mean. */
  belowUsual: boolean;
  /** The 7-day mean lies more than one SD above the baseline mean. */
  aboveUsual: boolean;
  /** R4 holds today, yesterday and the day before. */
  lowThreeDays: boolean;
  /** R7 holds today, yesterday and the day before. */
  settledLower: boolean;
};

/** How heart rate goes beside a low reading: `usual` on every other day that has both, null without one of them. */
export type HeartRatePattern = "hr-up" | "hr-down" | "usual";

/** Heart rate against its own baseline, in bpm, over the days that the baseline of x is taken from. */
export type Companion = {
  heartRate: { n: number; mean: number | null; sd: number | null };
  zHr: number | null;
  pattern: HeartRatePattern | null;
};

/** A scored calendar day. x is ln(RMSSD / 1 ms); loads are as of yesterday; null where undefined. */
export type ScoredDay = {
  date: CivilDate;
  rmssdMs: number | null;
  /** ln RMSSD of a valid reading, null otherwise (none, out of range, suspect). */
  x: number | null;
  valid: boolean;
  suspect: boolean;
  /** Centre and spread by the squad's method: mean and sample SD unless it chose median and MAD. */
  baseline: { n: number; mean: number | null; sd: number | null; grade: BaselineGrade };
  z: number | null;
  mean7: number | null;
  mean28: number | null;
  /** Mean of the valid x of the last 14 days, days out of judgement left aside; null below 8. */
  mean14: number | null;
  /** Mean and sample SD of x from 90 to 31 days ago, what R7 compares with; null below 30 nights. */
  reference: { n: number; mean: number | null; sd: number | null };
  /** 100 x SD of x over the last 7 days (n - 1): how many percent a night differs from the next; null below 4 nights. */
  sd7Percent: number | null;
  companion: Companion;
  trend7: { n: number; slopePerDay: number | null; pOneSidedFalling: number | null };
  load: {
    sum7: number | null;
    prev7: number | null;
    ewma7: number | null;
    ewma28: number | null;
    known7: number;
    knownPrev7: number;
    /** sum7 against prev7 in percent; null when prev7 is 0 or a day of the fourteen is unknown. */
    changePercent: number | null;
  };
  rules: Record<RuleId, Truth>;
  guards: Guards;
  level: Level;
  /** Every level that held, the shown one first. */
  levels: Level[];
  reason: NoVerdictReason | null;
};
