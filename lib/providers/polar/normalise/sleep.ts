import type { z } from "zod";
import type { Hypnogram, NightPolar, Normalised, Rejected, Sleep, SleepStage } from "@/lib/wearables/types";
import { sleepSchema } from "../schemas/night";
import { dateOf } from "../schemas/time";
import { readTolerantly } from "../schemas/tolerant";
import { minuteEntries, minuteSeries, type NightClock } from "./minute-map";
import { clockChange, elapsedMinutes } from "./night-clock";
import { isPlausibleDate } from "./plausible-date";
import { type Door, openDoor, text, whole } from "./value";

type SleepPayload = z.output<typeof sleepSchema>;

const STAGES: Record<number, SleepStage> = {
  0: "awake",
  1: "rem",
  2: "light",
  3: "light",
  4: "deep",
  5: "unknown",
};

/** Offsets of start and end; a time without one is taken to be in the other's zone, and in UTC when both have none. */
function offsetsOf({ sleep_start_time: start, sleep_end_time: end }: SleepPayload) {
  return {
    startOffset: start.offsetMinutes ?? end.offsetMinutes ?? 0,
    endOffset: end.offsetMinutes ?? start.offsetMinutes ?? 0,
  };
}

function spanOf(sleep: SleepPayload) {
  const { startOffset, endOffset } = offsetsOf(sleep);
  const startMs = sleep.sleep_start_time.wallMs - startOffset * 60_000;
  const endMs = sleep.sleep_end_time.wallMs - endOffset * 60_000;
  return { startMs, endMs, inBedS: (endMs - startMs) / 1000 };
}

function clockOf(sleep: SleepPayload): NightClock {
  const { sleep_start_time: start, sleep_end_time: end } = sleep;
  const startDate = dateOf(start);
  const change = clockChange({ startDate, endDate: dateOf(end), ...offsetsOf(sleep) });
  return { startDate, startMinute: Math.floor(start.wallMs / 60_000) % 1440, change };
}

/** A stage that nobody knows is set aside, and its stretch is unknown: the stage before it had ended. */
function hypnogramOf(
  sleep: SleepPayload,
  clock: NightClock,
): { hypnogram: Hypnogram | null; rejected: Rejected[] } {
  const { entries, rejected } = minuteEntries(sleep.hypnogram, "hypnogram");
  const hypnogram: Hypnogram = [];
  for (const { clockMinute, value, path } of entries) {
    const stage = typeof value === "number" ? STAGES[value] : undefined;
    if (!stage) rejected.push({ path, reason: "unknown-sleep-stage" });
    hypnogram.push([Math.max(0, elapsedMinutes(clockMinute, clock)), stage ?? "unknown"]);
  }
  hypnogram.sort((a, b) => a[0] - b[0]);
  return { hypnogram: hypnogram.length > 0 ? hypnogram : null, rejected };
}

function polarOf(sleep: SleepPayload, door: Door): NightPolar {
  return {
    continuity: door.aboveZero("continuity", sleep.continuity, "continuity"),
    continuityClass: door.code(sleep.continuity_class, "continuity_class"),
    sleepScore: door.aboveZero("scorePercent", sleep.sleep_score, "sleep_score"),
    sleepCharge: door.code(sleep.sleep_charge, "sleep_charge"),
    sleepGoalS: door.aboveZero("sleepGoalS", sleep.sleep_goal, "sleep_goal"),
    sleepRating: door.code(sleep.sleep_rating, "sleep_rating"),
    sleepCycles: door.aboveZero("sleepCycles", sleep.sleep_cycles, "sleep_cycles"),
    shortInterruptionS: door.fromZero(
      "inDayS",
      sleep.short_interruption_duration,
      "short_interruption_duration",
    ),
    longInterruptionS: door.fromZero(
      "inDayS",
      sleep.long_interruption_duration,
      "long_interruption_duration",
    ),
    durationScore: door.aboveZero("scorePercent", sleep.group_duration_score, "group_duration_score"),
    solidityScore: door.aboveZero("scorePercent", sleep.group_solidity_score, "group_solidity_score"),
    regenerationScore: door.aboveZero(
      "scorePercent",
      sleep.group_regeneration_score,
      "group_regeneration_score",
    ),
  };
}

/** Stages are rounded to minutes at times: their sum may exceed the time in bed by so much. */
const ROUNDING_S = 300;

/** Seconds in each stage; none is longer than the time in bed, and all of them together are not either. */
function stagesOf(sleep: SleepPayload, inBedS: number, door: Door) {
  const seconds = (name: "light_sleep" | "deep_sleep" | "rem_sleep" | "unrecognized_sleep_stage") => {
    const value = whole(door.fromZero("inDayS", sleep[name], name));
    if (value === null || value <= inBedS + ROUNDING_S) return value;
    door.rejected.push({ path: name, reason: "out-of-range" });
    return null;
  };
  const [lightS, deepS, remS] = [seconds("light_sleep"), seconds("deep_sleep"), seconds("rem_sleep")];
  const unknownS = seconds("unrecognized_sleep_stage");
  const isKnown = lightS !== null && deepS !== null && remS !== null;
  const asleepS = isKnown ? lightS + deepS + remS : null;
  if (asleepS === null || asleepS <= inBedS + ROUNDING_S) return { lightS, deepS, remS, unknownS, asleepS };
  for (const path of ["light_sleep", "deep_sleep", "rem_sleep"])
    door.rejected.push({ path, reason: "out-of-range" });
  return { lightS: null, deepS: null, remS: null, unknownS, asleepS: null };
}

function missingOffset(sleep: SleepPayload): Rejected[] {
  return (["sleep_start_time", "sleep_end_time"] as const)
    .filter((path) => sleep[path].offsetMinutes === null)
    .map((path) => ({ path, reason: "missing-offset" }));
}

function problemOf(sleep: SleepPayload, inBedS: number, fetchedAt: string): string | null {
  if (!isPlausibleDate(sleep.date, fetchedAt)) return "date";
  if (!isPlausibleDate(dateOf(sleep.sleep_start_time), fetchedAt)) return "sleep_start_time";
  return inBedS > 0 && inBedS < 86_400 ? null : "sleep_end_time";
}

/**
 * A night of sleep, or a nap: which of the two is decided among all of a date (lib/services/payloads/write-values.ts).
 * `efficiency` is derived, (light + deep + REM) / (end - start): AccessLink v3 gives none. Minutes of hypnogram and heart
 * rate are elapsed ones, across midnight and clock changes.
 */
export function normaliseSleep(json: unknown, fetchedAt: string): Normalised<Sleep> {
  const { value: sleep, rejected } = readTolerantly(sleepSchema, json);
  if (!sleep) return { values: [], rejected };
  const { startMs, endMs, inBedS } = spanOf(sleep);
  const problem = problemOf(sleep, inBedS, fetchedAt);
  if (problem) return { values: [], rejected: [...rejected, { path: problem, reason: "out-of-range" }] };
  const door = openDoor([...rejected, ...missingOffset(sleep)]);
  const clock = clockOf(sleep);
  const hypnogram = hypnogramOf(sleep, clock);
  const heartRate = minuteSeries({
    map: sleep.heart_rate_samples,
    name: "heart_rate_samples",
    quantity: "heartRateBpm",
    clockFor: () => clock,
  });
  const stages = stagesOf(sleep, inBedS, door);
  const value: Sleep = {
    date: sleep.date,
    startAt: new Date(startMs).toISOString(),
    endAt: new Date(endMs).toISOString(),
    utcOffsetMinutes: offsetsOf(sleep).startOffset,
    ...stages,
    interruptedS: whole(
      door.fromZero("inDayS", sleep.total_interruption_duration, "total_interruption_duration"),
    ),
    efficiency: stages.asleepS === null ? null : Math.min(1, stages.asleepS / inBedS),
    deviceId: text(sleep.device_id),
    hypnogram: hypnogram.hypnogram,
    heartRate: heartRate.series,
    polar: polarOf(sleep, door),
  };
  return { values: [value], rejected: [...door.rejected, ...hypnogram.rejected, ...heartRate.rejected] };
}
