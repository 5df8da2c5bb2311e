import type { z } from "zod";
import type { DailyActivity, Normalised, Rejected } from "@/lib/wearables/types";
import { activityDaySchema, activitySummarySchema } from "../schemas/day";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { snakeKeys } from "./snake-keys";
import { durationS, fromZero, whole } from "./value";

/** Polar's activity zones in the order of their transactional indexes 0 to 5. */
const ZONES = ["SLEEP", "SEDENTARY", "LIGHT", "MODERATE", "VIGOROUS", "NON_WEAR"];

const outOfRange = (path: string): Rejected => ({ path, reason: "out-of-range" });

/** A day summary of an activity transaction. */
export function normaliseActivitySummary(json: unknown, fetchedAt: string): Normalised<DailyActivity> {
  const { value: day, rejected } = readTolerantly(activitySummarySchema, snakeKeys(json));
  if (!day) return { values: [], rejected };
  if (!isPlausibleDate(day.date, fetchedAt))
    return { values: [], rejected: [...rejected, outOfRange("date")] };
  const value: DailyActivity = {
    date: day.date,
    steps: whole(fromZero(day.active_steps)),
    caloriesKcal: whole(fromZero(day.calories)),
    activeCaloriesKcal: whole(fromZero(day.active_calories)),
    activeS: durationS(day.duration),
    inactiveS: null,
    goalPercent: null,
    polar: { inactivityAlerts: null, distanceFromStepsM: null, zoneS: null },
  };
  return { values: [value], rejected };
}

type ActivityDay = z.output<typeof activityDaySchema>;

const secondsOf = (naive: string) => Date.parse(`${naive}Z`) / 1000;

/** Seconds in each zone: a zone lasts from its stamp to the next one, the last to the end of what was recorded. */
function zoneSeconds(day: ActivityDay): { zoneS: number[] | null; unknown: string[] } {
  const stamps = (day.samples?.activity_zones?.samples ?? []).toSorted((a, b) =>
    a.timestamp < b.timestamp ? -1 : 1,
  );
  if (stamps.length === 0) return { zoneS: null, unknown: [] };
  const zoneS = ZONES.map(() => 0);
  const unknown = new Set<string>();
  stamps.forEach((stamp, at) => {
    const end = stamps[at + 1]?.timestamp ?? day.end_time ?? stamp.timestamp;
    const index = ZONES.indexOf(stamp.zone);
    if (index < 0) unknown.add(stamp.zone.slice(0, 40));
    else
      zoneS[index] =
        (zoneS[index] ?? 0) + Math.max(0, Math.round(secondsOf(end) - secondsOf(stamp.timestamp)));
  });
  return { zoneS, unknown: [...unknown] };
}

/** A day of the plain collection; its date is the device's day on which it starts. */
export function normaliseActivityDay(json: unknown, fetchedAt: string): Normalised<DailyActivity> {
  const { value: day, rejected } = readTolerantly(activityDaySchema, json);
  if (!day) return { values: [], rejected };
  const date = day.start_time.slice(0, 10);
  if (!isPlausibleDate(date, fetchedAt))
    return { values: [], rejected: [...rejected, outOfRange("start_time")] };
  const { zoneS, unknown } = zoneSeconds(day);
  const value: DailyActivity = {
    date,
    steps: whole(fromZero(day.steps)),
    caloriesKcal: whole(fromZero(day.calories)),
    activeCaloriesKcal: whole(fromZero(day.active_calories)),
    activeS: durationS(day.active_duration),
    inactiveS: durationS(day.inactive_duration),
    goalPercent: fromZero(day.daily_activity),
    polar: {
      inactivityAlerts: whole(fromZero(day.inactivity_alert_count)),
      distanceFromStepsM: fromZero(day.distance_from_steps),
      zoneS,
    },
  };
  const unknownZones = unknown.map(
    (zone): Rejected => ({
      path: `samples.activity_zones.${zone}`,
      reason: "unknown-activity-zone",
    }),
  );
  return { values: [value], rejected: [...rejected, ...unknownZones] };
}
