import { epochDayOf } from "../time/civil-date";
import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { BASELINE_DAYS, LOAD_RISE_PERCENT, RULE_DEFAULTS, VALID_HEART_RATE_BPM } from "./constants";
import { ReadinessInputError } from "./input-error";
import { BASELINE_METHODS, type DayInput, PRESETS, type ReadinessSettings } from "./types";

const LONGEST_DAYS = 36_525;

/** Throws ReadinessInputError when the baseline is not 60 to 90 whole days, its method or the preset is unknown, or the margin is not a whole number from 0 to 50. */
export function checkSettings(settings: ReadinessSettings): void {
  const { baselineDays, preset, baselineMethod = "mean-sd" } = settings;
  const { loadRisePercent = RULE_DEFAULTS.loadRisePercent } = settings;
  if (
    !Number.isInteger(baselineDays) ||
    baselineDays < BASELINE_DAYS.min ||
    baselineDays > BASELINE_DAYS.max
  ) {
    throw new ReadinessInputError("settings.baselineDays", "must be a whole number from 60 to 90");
  }
  if (!PRESETS.includes(preset)) {
    throw new ReadinessInputError("settings.preset", "must be brief, balanced or quiet");
  }
  if (!BASELINE_METHODS.includes(baselineMethod)) {
    throw new ReadinessInputError("settings.baselineMethod", "must be mean-sd or median-mad");
  }
  if (
    !Number.isInteger(loadRisePercent) ||
    loadRisePercent < LOAD_RISE_PERCENT.min ||
    loadRisePercent > LOAD_RISE_PERCENT.max
  ) {
    throw new ReadinessInputError("settings.loadRisePercent", "must be a whole number from 0 to 50");
  }
}

/**
 * Lays days of any order out by calendar day, from the first to the last, holes as days without anything.
 * Throws ReadinessInputError on no day, a date that is none, a date that occurs twice, a number that is not finite.
 */
export function columnsOf(days: readonly DayInput[]): DayColumns {
  const placed = placedDays(days);
  const firstDay = placed[0]!.epochDay;
  const length = placed.at(-1)!.epochDay - firstDay + 1;
  if (length > LONGEST_DAYS) throw new ReadinessInputError("days", "must span at most 100 years");
  const columns: DayColumns = {
    firstDay,
    length,
    rmssdMs: new Float64Array(length).fill(Number.NaN),
    heartRateBpm: new Float64Array(length).fill(Number.NaN),
    load: new Float64Array(length).fill(Number.NaN),
    marks: new Uint8Array(length),
  };
  let before: Pick<DayInput, "deviceId" | "source"> = { source: placed[0]!.day.source ?? "nightly" };
  for (const { day, epochDay } of placed) {
    const t = epochDay - firstDay;
    if (day.rmssdMs !== null) columns.rmssdMs[t] = day.rmssdMs;
    if (day.load !== null && day.load >= 0) columns.load[t] = day.load;
    columns.heartRateBpm[t] = heartRateOf(day);
    columns.marks[t] = marksOf(day, before);
    before = { deviceId: day.deviceId ?? before.deviceId, source: day.source ?? before.source };
  }
  return columns;
}

// Multiples of 2^-38 add without rounding, as those of x do, so that equal heart rates have exactly no spread.
const HEART_RATE_GRID = 2 ** 38;

function heartRateOf({ heartRateBpm }: DayInput): number {
  const { min, max } = VALID_HEART_RATE_BPM;
  if (heartRateBpm == null || heartRateBpm < min || heartRateBpm > max) return Number.NaN;
  return Math.round(heartRateBpm * HEART_RATE_GRID) / HEART_RATE_GRID;
}

type PlacedDay = { day: DayInput; epochDay: number; index: number };

function placedDays(days: readonly DayInput[]): PlacedDay[] {
  if (days.length === 0) throw new ReadinessInputError("days", "must hold at least one day");
  const placed = days.map((day, index) => {
    const epochDay = epochDayOf(day.date);
    checkDay(day, epochDay, index);
    return { day, epochDay, index };
  });
  placed.sort((a, b) => a.epochDay - b.epochDay || a.index - b.index);
  for (let i = 1; i < placed.length; i++) {
    const { day, epochDay, index } = placed[i]!;
    if (epochDay === placed[i - 1]!.epochDay) {
      throw new ReadinessInputError(`days[${index}].date`, `${day.date} occurs twice`);
    }
  }
  return placed;
}

function checkDay(day: DayInput, epochDay: number, index: number): void {
  if (Number.isNaN(epochDay))
    throw new ReadinessInputError(`days[${index}].date`, "must be a day, YYYY-MM-DD");
  for (const field of ["rmssdMs", "load"] as const) {
    if (day[field] !== null && !Number.isFinite(day[field])) {
      throw new ReadinessInputError(`days[${index}].${field}`, "must be a number or null");
    }
  }
  if (day.heartRateBpm != null && !Number.isFinite(day.heartRateBpm)) {
    throw new ReadinessInputError(`days[${index}].heartRateBpm`, "must be a number or null");
  }
}

function marksOf(day: DayInput, before: Pick<DayInput, "deviceId" | "source">): number {
  const newDevice =
    day.deviceId !== undefined && before.deviceId !== undefined && day.deviceId !== before.deviceId;
  const newSource = day.source !== undefined && day.source !== before.source;
  return (
    (day.confirmed ? MARK.confirmed : 0) |
    (day.excluded ? MARK.excluded : 0) |
    (newDevice ? MARK.newDevice : 0) |
    (newSource ? MARK.newSource : 0) |
    ((day.source ?? before.source) === "morning" ? MARK.morning : 0) |
    (day.travel ? MARK.travel : 0) |
    (day.newUsual ? MARK.newUsual : 0)
  );
}
