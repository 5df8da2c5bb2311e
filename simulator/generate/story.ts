import type { CivilDate } from "../civil";
import { requireEpochDay } from "../civil";
import { between, clamp, normal, randomFor, round } from "../random";
import type { Athlete, Story } from "../scenario";
import type { DayValues } from "./replay";

/** A story that was told repeats after so many days, so that a demonstration left running stays alive. */
const repeatDays = 28;

/** Where in its story a day lies: the history as it is, later days on the repeat. */
function storyDay(sinceStart: number): number {
  return sinceStart <= 0 ? sinceStart : ((sinceStart - 1) % repeatDays) - (repeatDays - 1);
}

function zOf(story: Story, login: string, date: CivilDate, told: number): number | null {
  const scripted = told + story.recentZ.length - 1;
  if (scripted >= 0) return story.recentZ[scripted] ?? null;
  return clamp(normal(randomFor(login, date, "hrv")), -2.2, 2.2);
}

function loadOf(story: Story, login: string, date: CivilDate, told: number): number {
  const weekday = (requireEpochDay(date) + 3) % 7;
  const usual = story.weekLoads[weekday] ?? 0;
  const reached = story.loadFactors.filter((step) => -told <= step.daysAgo);
  const factor = reached.reduce((latest, step) => (step.daysAgo < latest.daysAgo ? step : latest), {
    daysAgo: Number.POSITIVE_INFINITY,
    factor: 1,
  }).factor;
  return round(usual * factor * (1 + 0.08 * normal(randomFor(login, date, "load"))), 1);
}

/** A written athlete's day, or undefined before the story's history. */
export function toldDay(
  athlete: Athlete,
  story: Story,
  date: CivilDate,
  sinceStart: number,
): DayValues | undefined {
  if (sinceStart <= -story.historyDays) return undefined;
  const told = storyDay(sinceStart);
  const random = randomFor(athlete.login, date, "day");
  const worn = !story.missingDaysAgo.includes(-told) && random() >= missingShareOn(story, told);
  const z = worn ? zOf(story, athlete.login, date, told) : null;
  const load = loadOf(story, athlete.login, date, told);
  return {
    rmssdMs: z === null ? null : round(story.rmssdMs * Math.exp(z * story.sd), 1),
    slept: worn,
    sleepMinutes: Math.round(between(random, 6.6, 8.6) * 60),
    restingHr: Math.round(athlete.restingHr - 1.3 * clamp(z ?? 0, -3, 3) + between(random, -1, 1)),
    breathing: 14 - 0.25 * (z ?? 0) + between(random, -0.4, 0.4),
    load,
    steps: Math.round(between(random, 6000, 11000) + load * 35),
  };
}

function missingShareOn(story: Story, told: number): number {
  return -told < story.recentZ.length ? 0 : story.missingShare;
}
