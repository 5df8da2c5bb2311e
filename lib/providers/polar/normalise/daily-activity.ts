import type { z } from "zod";
import type { DailyActivity, Normalised, Rejected } from "@/lib/wearables/types";
import { activityDaySchema, activitySummarySchema } from "../schemas/day";
import { dateOf } from "../schemas/time";
import { readTolerantly } from "../schemas/tolerant";
import { isPlausibleDate } from "./plausible-date";
import { snakeKeys } from "./snake-keys";
import { type Door, openDoor, whole } from "./value";

/** Polar's activity zones in the order of their transactional indexes 0 to 5. */
const ZONES = ["SLEEP", "SEDENTARY", "LIGHT", "MODERATE", "VIGOROUS", "NON_WEAR"];

const outOfRange = (path: string): Rejected => ({ path, reason: "out-of-range" });

const secondsOf = (ms: number | null | undefined) => (typeof ms === "number" ? ms / 1000 : ms);

/** A day summary of an activity transaction. */
export function normaliseActivitySummary(json: unknown, fetchedAt: string): Normalised<DailyActivity> {
  const { value: day, rejected } = readTolerantly(activitySummarySchema, snakeKeys(json));
  if (!day) return { values: [], rejected };
  if (!isPlausibleDate(day.date, fetchedAt))
    return { values: [], rejected: [...rejected, outOfRange("date")] };
  const door = openDoor(rejected);
  const value: DailyActivity = {
    date: day.date,
    steps: whole(door.fromZero("steps", day.active_steps, "active_steps")),
    caloriesKcal: whole(door.fromZero("energyKcal", day.calories, "calories")),
    activeCaloriesKcal: whole(door.fromZero("energyKcal", day.active_calories, "active_calories")),
    activeS: whole(door.fromZero("inDayS", secondsOf(day.duration), "duration")),
    inactiveS: null,
    goalPercent: null,
    polar: { inactivityAlerts: null, distanceFromStepsM: null, zoneS: null },
  };
  return { values: [value], rejected };
}

type ActivityDay = z.output<typeof activityDaySchema>;

/** Seconds in each zone: a zone lasts from its stamp to the next one, the last to the end of what was recorded. */
function zoneSeconds(day: ActivityDay, door: Door): number[] | null {
  const stamps = (day.samples?.activity_zones?.samples ?? []).toSorted(
    (a, b) => a.timestamp.wallMs - b.timestamp.wallMs,
  );
  if (stamps.length === 0) return null;
  const zoneS = ZONES.map(() => 0);
  stamps.forEach((stamp, at) => {
    const end = stamps[at + 1]?.timestamp ?? day.end_time ?? stamp.timestamp;
    const index = ZONES.indexOf(stamp.zone);
    const lastedS = Math.max(0, Math.round((end.wallMs - stamp.timestamp.wallMs) / 1000));
    const path = `samples.activity_zones.${stamp.zone.slice(0, 40)}`;
    if (index < 0) door.rejected.push({ path, reason: "unknown-activity-zone" });
    else zoneS[index] = (zoneS[index] ?? 0) + (door.fromZero("inDayS", lastedS, path) ?? 0);
  });
  const sum = zoneS.reduce((all, one) => all + one, 0);
  return door.fromZero("inDayS", sum, "samples.activity_zones") === null ? null : zoneS;
}

/** A day of the plain collection; its date is the device's day on which it starts, `Z` or not. */
export function normaliseActivityDay(json: unknown, fetchedAt: string): Normalised<DailyActivity> {
  const { value: day, rejected } = readTolerantly(activityDaySchema, json);
  if (!day) return { values: [], rejected };
  const date = dateOf(day.start_time);
  if (!isPlausibleDate(date, fetchedAt))
    return { values: [], rejected: [...rejected, outOfRange("start_time")] };
  const door = openDoor(rejected);
  const value: DailyActivity = {
    date,
    steps: whole(door.fromZero("steps", day.steps, "steps")),
    caloriesKcal: whole(door.fromZero("energyKcal", day.calories, "calories")),
    activeCaloriesKcal: whole(door.fromZero("energyKcal", day.active_calories, "active_calories")),
    activeS: whole(door.fromZero("inDayS", secondsOf(day.active_duration), "active_duration")),
    inactiveS: whole(door.fromZero("inDayS", secondsOf(day.inactive_duration), "inactive_duration")),
    goalPercent: door.fromZero("goalPercent", day.daily_activity, "daily_activity"),
    polar: {
      inactivityAlerts: whole(
        door.fromZero("inactivityAlerts", day.inactivity_alert_count, "inactivity_alert_count"),
      ),
      distanceFromStepsM: door.fromZero("distanceM", day.distance_from_steps, "distance_from_steps"),
      zoneS: zoneSeconds(day, door),
    },
  };
  return { values: [value], rejected };
}
