import type { ActivityPolar, DailyActivity } from "./types";

const larger = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.max(a, b));

const sum = (values: readonly number[] | null) => (values ?? []).reduce((all, one) => all + one, 0);

function polarOf(a: ActivityPolar | null, b: ActivityPolar | null): ActivityPolar | null {
  if (a === null || b === null) return a ?? b;
  return {
    inactivityAlerts: larger(a.inactivityAlerts, b.inactivityAlerts),
    distanceFromStepsM: larger(a.distanceFromStepsM, b.distanceFromStepsM),
    zoneS: largerZones(a.zoneS, b.zoneS),
  };
}

function largerZones(a: number[] | null, b: number[] | null): number[] | null {
  if (a === null || b === null) return a ?? b;
  if (sum(a) !== sum(b)) return sum(a) > sum(b) ? a : b;
  return String(a) < String(b) ? a : b;
}

/**
 * One day of two summaries. A day is offered again each time it grows, by two channels that know different things of
 * it, and nothing that is counted in it ever shrinks: of two numbers the larger is the later one, in whatever order they
 * came.
 */
export function grownDay(a: DailyActivity, b: DailyActivity): DailyActivity {
  return {
    date: b.date,
    steps: larger(a.steps, b.steps),
    caloriesKcal: larger(a.caloriesKcal, b.caloriesKcal),
    activeCaloriesKcal: larger(a.activeCaloriesKcal, b.activeCaloriesKcal),
    activeS: larger(a.activeS, b.activeS),
    inactiveS: larger(a.inactiveS, b.inactiveS),
    goalPercent: larger(a.goalPercent, b.goalPercent),
    polar: polarOf(a.polar, b.polar),
  };
}
