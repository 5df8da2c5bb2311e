import { type CivilDate, dayMs, requireEpochDay } from "../civil";
import { between, clamp, hash32, hashId, normal, pick, randomFor, round } from "../random";
import type { Athlete, Device } from "../scenario";
import type { AddedSession } from "../state";
import type { Day } from "./day";
import { type Sport, sportNamed } from "./sport";

export type Session = {
  id: number;
  hash: string;
  date: CivilDate;
  startMs: number;
  utcOffsetMinutes: number;
  durationMs: number;
  uploadedAt: number;
  sport: Sport;
  device: Device;
  cardioLoad: number;
  strap: boolean;
  /** Beats per minute every five seconds. */
  heartRate: number[];
  average: number;
  maximum: number;
  calories: number;
  distanceM: number | undefined;
};

export const recordingRateS = 5;

/** Banister's impulse per minute at a share of heart rate reserve (doi:10.1152/jappl.1990.69.3.1171). */
function loadPerMinute(share: number, gender: Athlete["gender"]): number {
  return gender === "MALE" ? share * 0.64 * Math.exp(1.92 * share) : share * 0.86 * Math.exp(1.67 * share);
}

type Plan = {
  id: number;
  date: CivilDate;
  startMinute: number;
  cardioLoad: number;
  sport: string;
  minutes?: number;
  strap: boolean;
  uploadedAt?: number;
  /** The number of the first upload, when the session was edited. */
  firstId?: number;
};

/** Days below this load have everyday movement only, no session. */
const sessionThreshold = 18;

/** The sessions a day's load came from: none on a rest day, two on a very hard one. */
export function sessionPlans(athlete: Athlete, day: Day): Plan[] {
  if (day.load === null || day.load < sessionThreshold) return [];
  const random = randomFor(athlete.login, day.date, "sessions");
  const parts = day.load > 170 ? [0.4, 0.6] : [1];
  const idBase =
    400_000_000 + (hash32(athlete.login) % 40_000) * 40_000 + (requireEpochDay(day.date) % 10_000) * 4;
  return parts.map((share, index) => {
    const easy = (day.load ?? 0) * share < 30;
    const startHour = parts.length === 2 && index === 0 ? between(random, 6.5, 8) : between(random, 16, 18.5);
    return {
      id: idBase + index,
      date: day.date,
      startMinute: Math.round(startHour * 60),
      cardioLoad: round((day.load ?? 0) * share, 1),
      sport: easy && athlete.source.kind === "replay" ? "WALKING" : pick(random, athlete.sports),
      strap: athlete.chestStrap === true && random() < 0.4,
    };
  });
}

export function addedPlan(added: AddedSession): Plan {
  return { ...added, strap: added.strap === true };
}

function heartRateCurve(
  random: () => number,
  share: number,
  athlete: Athlete,
  count: number,
  sport: Sport,
): number[] {
  const reserve = athlete.maximumHr - athlete.restingHr;
  const period = between(random, 60, 110);
  let drift = 0;
  return Array.from({ length: count }, (_, i) => {
    const warm = Math.min(1, 0.55 + i / Math.max(36, count * 0.12));
    drift = 0.97 * drift + 0.006 * normal(random);
    const swing = sport.intervals
      ? 0.14 * Math.sin((2 * Math.PI * i) / period)
      : 0.03 * Math.sin((2 * Math.PI * i) / (3 * period));
    const wanted = clamp(share * warm + swing + drift, 0.15, 0.97);
    return Math.round(athlete.restingHr + wanted * reserve);
  });
}

/** A session in full; heart rate and length are chosen so that they yield the planned cardio load. */
export function sessionOf(
  athlete: Athlete,
  day: Pick<Day, "device" | "utcOffsetMinutes">,
  plan: Plan,
): Session {
  const random = randomFor(athlete.login, plan.firstId ?? plan.id, "session");
  const sport = sportNamed(plan.sport);
  const share = clamp(sport.intensity + 0.04 * normal(random), 0.28, 0.85);
  const minutes = plan.minutes ?? clamp(plan.cardioLoad / loadPerMinute(share, athlete.gender), 12, 240);
  const durationMs = Math.round(minutes * 60_000 + between(random, 0, 5000));
  const count = Math.max(2, Math.floor(durationMs / 1000 / recordingRateS));
  const heartRate = heartRateCurve(random, share, athlete, count, sport);
  const average = Math.round(heartRate.reduce((sum, bpm) => sum + bpm, 0) / count);
  const startMs =
    requireEpochDay(plan.date) * dayMs + plan.startMinute * 60_000 - day.utcOffsetMinutes * 60_000;
  const start = startMs + Math.floor(random() * 60) * 1000;
  const speed = sport.speedMps === undefined ? undefined : sport.speedMps * between(random, 0.92, 1.08);
  return {
    id: plan.id,
    hash: hashId(athlete.login, plan.firstId ?? plan.id),
    date: plan.date,
    startMs: start,
    utcOffsetMinutes: day.utcOffsetMinutes,
    durationMs,
    uploadedAt: plan.uploadedAt ?? start + durationMs + 420_000,
    sport,
    device: day.device,
    cardioLoad: plan.cardioLoad,
    strap: plan.strap,
    heartRate,
    average,
    maximum: Math.max(...heartRate),
    calories: Math.round((minutes * (average - 40) * athlete.weightKg) / 620),
    distanceM: speed === undefined ? undefined : round((speed * durationMs) / 1000, 1),
  };
}
