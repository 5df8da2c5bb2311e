import { clockText, zonedDateTime } from "../civil";
import type { Night } from "../generate/night";
import { between, clamp, randomFor, round } from "../random";
import { userUrl, type WireContext } from "./context";

function secondsIn(night: Night, stages: number[]): number {
  return night.segments.reduce((sum, s) => sum + (stages.includes(s.stage) ? s.minutes * 60 : 0), 0);
}

/** The wall clock `HH:MM` at an instant of the night. */
export function wallClock(night: Night, epochMs: number): string {
  return clockText(Math.floor(epochMs / 60_000) + night.offsetAt(epochMs));
}

function hypnogram(night: Night): Record<string, number> {
  const entries: Record<string, number> = {};
  let at = night.startMs;
  for (const segment of night.segments) {
    entries[wallClock(night, at)] = segment.stage;
    at += segment.minutes * 60_000;
  }
  return entries;
}

function heartRates(night: Night, random: () => number): Record<string, number> {
  const entries: Record<string, number> = {};
  const last = Math.floor((night.endMs - night.startMs) / 300_000);
  for (let i = 0; i < last; i++) {
    const bpm = Math.round(night.restingHr + 7 * (1 - i / last) + between(random, -2, 3));
    entries[wallClock(night, night.startMs + 120_000 + i * 300_000)] = random() < 0.012 ? 0 : bpm;
  }
  return entries;
}

/** The sleep object: light + deep + REM + unrecognized + interruptions = end - start, in seconds. */
export function sleepObject(night: Night, context: WireContext) {
  const random = randomFor(context.polarUserId, night.date, "sleep");
  const short = night.segments.filter((s) => s.stage === 0 && s.minutes === 1).length * 60;
  const interruptions = secondsIn(night, [0]);
  const lengthS = (night.endMs - night.startMs) / 1000;
  const score = Math.round(clamp(92 - (28_800 - lengthS) / 500 - interruptions / 150, 25, 98));
  const continuity = round(clamp(4.6 - interruptions / 1500, 1, 5), 1);
  const calibrating = night.nightNumber < 3;
  return {
    polar_user: userUrl(context),
    date: night.date,
    sleep_start_time: zonedDateTime(night.startMs, night.offsetAt(night.startMs)),
    sleep_end_time: zonedDateTime(night.endMs, night.offsetAt(night.endMs)),
    device_id: night.device.id,
    continuity: calibrating ? 0.0 : continuity,
    continuity_class: calibrating ? 0 : clamp(Math.floor(continuity), 1, 5),
    light_sleep: secondsIn(night, [2, 3]),
    deep_sleep: secondsIn(night, [4]),
    rem_sleep: secondsIn(night, [1]),
    unrecognized_sleep_stage: secondsIn(night, [5]),
    sleep_score: calibrating ? 0 : score,
    total_interruption_duration: interruptions,
    sleep_charge: calibrating ? -1 : clamp(Math.round((score - 40) / 11), 1, 5),
    sleep_goal: 28_800,
    sleep_rating: random() < 0.7 ? 0 : Math.ceil(random() * 5),
    short_interruption_duration: short,
    long_interruption_duration: interruptions - short,
    sleep_cycles: night.segments.filter((s) => s.stage === 1).length,
    group_duration_score: round(clamp((lengthS / 28_800) * 96, 1, 100), 1),
    group_solidity_score: round(clamp(100 - interruptions / 60, 1, 100), 1),
    group_regeneration_score: round(clamp(between(random, 55, 92), 1, 100), 1),
    hypnogram: hypnogram(night),
    heart_rate_samples: heartRates(night, random),
  };
}

/** A nap of the afternoon that follows a night: light sleep alone, no score. */
export function napObject(night: Night, context: WireContext) {
  const startMs = night.endMs + 7 * 3_600_000;
  const endMs = startMs + 35 * 60_000;
  const offset = night.offsetAt(startMs);
  return {
    polar_user: userUrl(context),
    date: night.date,
    sleep_start_time: zonedDateTime(startMs, offset),
    sleep_end_time: zonedDateTime(endMs, offset),
    device_id: night.device.id,
    light_sleep: 2100,
    deep_sleep: 0,
    rem_sleep: 0,
    unrecognized_sleep_stage: 0,
    sleep_score: 0,
    total_interruption_duration: 0,
    hypnogram: { [clockText(Math.floor(startMs / 60_000) + offset)]: 3 },
    heart_rate_samples: {},
  };
}

export function availableSleep(night: Night) {
  return {
    date: night.date,
    start_time: zonedDateTime(night.startMs, night.offsetAt(night.startMs)),
    end_time: zonedDateTime(night.endMs, night.offsetAt(night.endMs)),
  };
}
