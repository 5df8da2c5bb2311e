import type { z } from "zod";
import type { Hypnogram, NightPolar, Normalised, Rejected, Sleep, SleepStage } from "@/lib/wearables/types";
import { sleepSchema } from "../schemas/night";
import { readTolerantly } from "../schemas/tolerant";
import { minuteEntries, minuteSeries, type NightClock } from "./minute-map";
import { clockChange, elapsedMinutes } from "./night-clock";
import { isPlausibleDate } from "./plausible-date";
import { aboveZero, fromZero, text, whole } from "./value";

type SleepPayload = z.output<typeof sleepSchema>;

const STAGES: Record<number, SleepStage> = {
  0: "awake",
  1: "rem",
  2: "light",
  3: "light",
  4: "deep",
  5: "unknown",
};

/** Minutes east of UTC written at the end of an ISO instant. */
function offsetOf(instant: string): number {
  const parts = /([+-])(\d{2}):?(\d{2})$/.exec(instant);
  if (!parts) return 0;
  return (parts[1] === "-" ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}

function clockOf(sleep: SleepPayload): NightClock {
  const start = sleep.sleep_start_time;
  const startDate = start.slice(0, 10);
  const change = clockChange({
    startDate,
    endDate: sleep.sleep_end_time.slice(0, 10),
    startOffset: offsetOf(start),
    endOffset: offsetOf(sleep.sleep_end_time),
  });
  return { startDate, startMinute: Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16)), change };
}

function hypnogramOf(
  sleep: SleepPayload,
  clock: NightClock,
): { hypnogram: Hypnogram | null; rejected: Rejected[] } {
  const { entries, rejected } = minuteEntries(sleep.hypnogram, "hypnogram");
  const hypnogram: Hypnogram = [];
  for (const { clockMinute, value, path } of entries) {
    const stage = typeof value === "number" ? STAGES[value] : undefined;
    if (stage) hypnogram.push([Math.max(0, elapsedMinutes(clockMinute, clock)), stage]);
    else rejected.push({ path, reason: "unknown-sleep-stage" });
  }
  hypnogram.sort((a, b) => a[0] - b[0]);
  return { hypnogram: hypnogram.length > 0 ? hypnogram : null, rejected };
}

function polarOf(sleep: SleepPayload): NightPolar {
  return {
    continuity: aboveZero(sleep.continuity),
    continuityClass: aboveZero(sleep.continuity_class),
    sleepScore: aboveZero(sleep.sleep_score),
    sleepCharge: aboveZero(sleep.sleep_charge),
    sleepGoalS: aboveZero(sleep.sleep_goal),
    sleepRating: aboveZero(sleep.sleep_rating),
    sleepCycles: aboveZero(sleep.sleep_cycles),
    shortInterruptionS: fromZero(sleep.short_interruption_duration),
    longInterruptionS: fromZero(sleep.long_interruption_duration),
    durationScore: aboveZero(sleep.group_duration_score),
    solidityScore: aboveZero(sleep.group_solidity_score),
    regenerationScore: aboveZero(sleep.group_regeneration_score),
  };
}

function stagesOf(sleep: SleepPayload) {
  const lightS = whole(fromZero(sleep.light_sleep));
  const deepS = whole(fromZero(sleep.deep_sleep));
  const remS = whole(fromZero(sleep.rem_sleep));
  const unknownS = whole(fromZero(sleep.unrecognized_sleep_stage));
  const isKnown = lightS !== null && deepS !== null && remS !== null;
  return { lightS, deepS, remS, unknownS, asleepS: isKnown ? lightS + deepS + remS : null };
}

/**
 * A night of sleep. `efficiency` is derived, (light + deep + REM) / (end - start): AccessLink v3 gives none.
 * Minutes of hypnogram and heart rate are elapsed ones, across midnight and clock changes.
 */
export function normaliseSleep(json: unknown, fetchedAt: string): Normalised<Sleep> {
  const { value: sleep, rejected } = readTolerantly(sleepSchema, json);
  if (!sleep) return { values: [], rejected };
  const inBedS = (Date.parse(sleep.sleep_end_time) - Date.parse(sleep.sleep_start_time)) / 1000;
  const outOfRange = isPlausibleDate(sleep.date, fetchedAt)
    ? !(inBedS > 0 && inBedS < 86_400) && "sleep_end_time"
    : "date";
  if (outOfRange)
    return { values: [], rejected: [...rejected, { path: outOfRange, reason: "out-of-range" }] };
  const clock = clockOf(sleep);
  const hypnogram = hypnogramOf(sleep, clock);
  const heartRate = minuteSeries({
    map: sleep.heart_rate_samples,
    name: "heart_rate_samples",
    clockFor: () => clock,
  });
  const stages = stagesOf(sleep);
  const value: Sleep = {
    date: sleep.date,
    startAt: new Date(sleep.sleep_start_time).toISOString(),
    endAt: new Date(sleep.sleep_end_time).toISOString(),
    utcOffsetMinutes: offsetOf(sleep.sleep_start_time),
    ...stages,
    interruptedS: whole(fromZero(sleep.total_interruption_duration)),
    efficiency: stages.asleepS === null ? null : Math.min(1, stages.asleepS / inBedS),
    deviceId: text(sleep.device_id),
    hypnogram: hypnogram.hypnogram,
    heartRate: heartRate.series,
    polar: polarOf(sleep),
  };
  return { values: [value], rejected: [...rejected, ...hypnogram.rejected, ...heartRate.rejected] };
}
