import { dayMs, requireEpochDay } from "../civil";
import { normal, randomFor } from "../random";
import type { Athlete } from "../scenario";
import type { Day } from "./day";
import type { Session } from "./session";

export type HeartRateSample = { secondOfDay: number; bpm: number };

/** About every five minutes of the day so far, without the minutes of training sessions. */
export function continuousHeartRate(
  athlete: Athlete,
  day: Day,
  sessions: Session[],
  now: number,
): HeartRateSample[] {
  const random = randomFor(athlete.login, day.date, "continuous");
  const midnightMs = requireEpochDay(day.date) * dayMs - day.utcOffsetMinutes * 60_000;
  const samples: HeartRateSample[] = [];
  for (let second = Math.floor(random() * 200); second < 86_400; second += 280 + Math.floor(random() * 40)) {
    const at = midnightMs + second * 1000;
    if (at > now) break;
    if (sessions.some((s) => at >= s.startMs && at <= s.startMs + s.durationMs)) continue;
    const awake = second > 6.5 * 3600 && second < 22.5 * 3600;
    samples.push({
      secondOfDay: second,
      bpm: Math.round(day.restingHr + (awake ? 18 : 2) + (awake ? 6 : 2) * normal(random)),
    });
  }
  return samples;
}
