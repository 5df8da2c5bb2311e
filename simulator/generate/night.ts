import { type CivilDate, dayMs, requireEpochDay } from "../civil";
import { between, clamp, normal, pick, randomFor, round } from "../random";
import type { Device } from "../scenario";
import type { Day } from "./day";

/** Hypnogram codes of Polar: 0 wake, 1 REM, 2 and 3 light, 4 deep, 5 unknown. */
type Segment = { stage: 0 | 1 | 2 | 3 | 4 | 5; minutes: number };

export type Night = {
  date: CivilDate;
  startMs: number;
  endMs: number;
  uploadedAt: number;
  /** Minutes east of UTC where the athlete slept; changes within a night when the clocks do. */
  offsetAt: (epochMs: number) => number;
  device: Device;
  segments: Segment[];
  rmssdMs: number | null;
  restingHr: number;
  breathing: number;
  /** Nights since the history began; statuses and charges need a few before they exist. */
  nightNumber: number;
};

function cycle(random: () => number, index: number): Segment[] {
  const deep = Math.max(0, Math.round(between(random, 22, 34) - index * 9));
  const rem = Math.round(between(random, 8, 14) + index * 5);
  const wake = random() < 0.45 ? pick(random, [1, 1, 1, 3, 6]) : 0;
  const segments: Segment[] = [
    { stage: 3, minutes: Math.round(between(random, 8, 14)) },
    { stage: 4, minutes: deep },
    { stage: 2, minutes: Math.round(between(random, 14, 26)) },
    { stage: 0, minutes: wake },
    { stage: 3, minutes: Math.round(between(random, 6, 12)) },
    { stage: 1, minutes: rem },
  ];
  return segments.filter((segment) => segment.minutes > 0);
}

/** Stages that add up to the night's length exactly; a night of under an hour is one light stretch. */
function sleepSegments(random: () => number, totalMinutes: number): Segment[] {
  const segments: Segment[] = [{ stage: 2, minutes: 9 }];
  if (random() < 0.3) segments.push({ stage: 5, minutes: 1 });
  for (let index = 0; index < 12; index++) segments.push(...cycle(random, index));
  const kept: Segment[] = [];
  let left = totalMinutes;
  for (const segment of segments) {
    if (left <= 0) break;
    kept.push({ stage: segment.stage, minutes: Math.min(segment.minutes, left) });
    left -= segment.minutes;
  }
  if (left > 0) kept.push({ stage: 3, minutes: left });
  return kept;
}

/** Wake-up in minutes after local midnight: half past six, give or take. */
function wakeMinute(random: () => number): number {
  return Math.round(clamp(400 + 25 * normal(random), 330, 480));
}

export type NightInput = {
  login: string;
  day: Day;
  startedAt: number;
  nightNumber: number;
  offsetAt: (epochMs: number) => number;
};

/**
 * The night that ended on a day. On the scenario's first day it ends before the scenario's start,
 * whatever the time of day, so that today's night is there from the beginning.
 */
export function nightOf({ login, day, startedAt, nightNumber, offsetAt }: NightInput): Night {
  const random = randomFor(login, day.date, "night");
  const midnightMs = requireEpochDay(day.date) * dayMs - day.utcOffsetMinutes * 60_000;
  const second = Math.floor(random() * 60) * 1000;
  const usualEndMs = midnightMs + wakeMinute(random) * 60_000 + second;
  const firstNight = day.sinceStart === 0 && startedAt > midnightMs;
  const endMs = firstNight ? Math.min(usualEndMs, Math.max(midnightMs, startedAt - 120_000)) : usualEndMs;
  const segments = sleepSegments(random, Math.max(40, day.sleepMinutes));
  const lengthMs = segments.reduce((sum, segment) => sum + segment.minutes, 0) * 60_000;
  const wholeEndMs = Math.floor(endMs / 1000) * 1000;
  const startMs = wholeEndMs - lengthMs;
  return {
    date: day.date,
    startMs,
    endMs: wholeEndMs,
    uploadedAt: firstNight ? Math.min(wholeEndMs + 600_000, startedAt) : wholeEndMs + 600_000,
    offsetAt,
    device: day.device,
    segments,
    rmssdMs: day.rmssdMs,
    restingHr: day.restingHr,
    breathing: round(day.breathing, 1),
    nightNumber,
  };
}
