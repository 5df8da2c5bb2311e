import { type CivilDate, dayMs, requireEpochDay } from "../civil";
import { between, clamp, hash32, randomFor, round } from "../random";
import type { Athlete } from "../scenario";
import type { AddedActivity } from "../state";
import type { Day } from "./day";

/** A day as the watch has told it so far: it is offered anew, under a new id, each time it grows. */
export type ActivityDay = {
  id: number;
  date: CivilDate;
  uploadedAt: number;
  /** Share of the day that the watch had seen. */
  share: number;
  steps: number;
  calories: number;
  activeCalories: number;
  activeMinutes: number;
  inactiveMinutes: number;
  goalPercent: number;
  distanceM: number;
};

/** When the watch is synced, in hours after the day's midnight, and how much of the day it has seen. */
const syncs = [
  { hour: 7, share: 0.1 },
  { hour: 12.5, share: 0.45 },
  { hour: 18, share: 0.75 },
  { hour: 22, share: 0.96 },
  { hour: 31, share: 1 },
];

type Input = { athlete: Athlete; day: Day; now: number; startedAt: number; added: AddedActivity | undefined };

function naturalSync({ day, now, startedAt }: Input) {
  const midnightMs = requireEpochDay(day.date) * dayMs - day.utcOffsetMinutes * 60_000;
  const passed = syncs.filter((sync) => midnightMs + sync.hour * 3_600_000 <= now);
  const last = passed.at(-1);
  if (last)
    return { revision: passed.length, uploadedAt: midnightMs + last.hour * 3_600_000, share: last.share };
  if (day.sinceStart !== 0) return undefined;
  return { revision: 0, uploadedAt: Math.min(startedAt, now), share: 0.02 };
}

/** The day's summary as of `now`, or undefined before its first sync. */
export function activityOf(input: Input): ActivityDay | undefined {
  const { athlete, day, added } = input;
  const sync = naturalSync(input);
  if (!sync && !added) return undefined;
  const random = randomFor(athlete.login, day.date, "activity");
  const share = sync?.share ?? 0.05;
  const steps = added?.steps ?? Math.round(day.steps * share);
  const basal = athlete.weightKg * 23 * share;
  const activeCalories = Math.round((day.load ?? 0) * 5.5 * share + steps * 0.035);
  const revision = (sync?.revision ?? 0) + 10 * (added?.revision ?? 0);
  return {
    id:
      3_000_000_000 +
      (hash32(athlete.login) % 40_000) * 1_000_000 +
      (requireEpochDay(day.date) % 10_000) * 100 +
      revision,
    date: day.date,
    uploadedAt: Math.max(sync?.uploadedAt ?? 0, added?.uploadedAt ?? 0),
    share,
    steps,
    calories: Math.round(basal + activeCalories),
    activeCalories,
    activeMinutes: Math.round(clamp(steps / 85 + (day.load ?? 0) * 0.5 * share, 0, 900)),
    inactiveMinutes: Math.round(between(random, 560, 760) * share),
    goalPercent: round(clamp((steps / 11_000) * 100, 0, 400), 1),
    distanceM: round(steps * athlete.heightCm * 0.0042, 1),
  };
}

/** Steps per minute of the day, zero where the athlete sat; they add up to the day's steps. */
export function stepsByMinute(activity: ActivityDay, login: string): number[] {
  const random = randomFor(login, activity.date, "steps");
  const minutes = Math.max(1, Math.floor(activity.share * 1439));
  const first = Math.min(420, minutes - 1);
  const walking: number[] = Array.from({ length: minutes }, (_, i) =>
    i >= first && random() < 0.16 ? between(random, 20, 110) : 0,
  );
  if (!walking.some((value) => value > 0)) walking[minutes - 1] = 1;
  const total = walking.reduce((sum, value) => sum + value, 0);
  let owed = 0;
  let carried = 0;
  return walking.map((value) => {
    owed += (value / total) * activity.steps;
    const whole = Math.round(owed) - carried;
    carried += whole;
    return whole;
  });
}

export type Zone = "SLEEP" | "SEDENTARY" | "LIGHT" | "MODERATE" | "VIGOROUS" | "NON_WEAR";

/** The zone of each hour of the day that the watch has seen. */
export function zonesByHour(activity: ActivityDay, login: string): Zone[] {
  const random = randomFor(login, activity.date, "zones");
  const hours = Math.max(1, Math.ceil(activity.share * 24));
  return Array.from({ length: hours }, (_, hour) => {
    const draw = random();
    if (hour < 6) return "SLEEP";
    if (draw < 0.03) return "NON_WEAR";
    if (hour >= 17 && hour < 19) return draw < 0.5 ? "MODERATE" : "VIGOROUS";
    return draw < 0.55 ? "SEDENTARY" : "LIGHT";
  });
}
