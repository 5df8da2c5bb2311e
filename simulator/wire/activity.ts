import { clockText, isoDuration, utcDateTime } from "../civil";
import { type ActivityDay, stepsByMinute, type Zone, zonesByHour } from "../generate/activity";
import { userUrl, type WireContext } from "./context";

const zoneIndex: Record<Zone, number> = {
  SLEEP: 0,
  SEDENTARY: 1,
  LIGHT: 2,
  MODERATE: 3,
  VIGOROUS: 4,
  NON_WEAR: 5,
};

export type ActivityFlags = { steps: boolean; zones: boolean; inactivity: boolean };

function stamp(date: string, minute: number, context: WireContext): string {
  const { activityTime, startTimes } = context.knobs;
  const seconds = startTimes === "zulu" ? ":00.000Z" : activityTime === "second" ? ":00" : "";
  return `${date}T${clockText(minute)}${seconds}`;
}

/** Equal neighbours are left out, as Polar does: a gap repeats the value before it. */
function stepSamples(activity: ActivityDay, login: string, context: WireContext) {
  const minutes = stepsByMinute(activity, login);
  return minutes.flatMap((steps, i) =>
    i > 0 && steps === minutes[i - 1] ? [] : [{ steps, timestamp: stamp(activity.date, i, context) }],
  );
}

function inactivityStamps(activity: ActivityDay, context: WireContext) {
  const stamps = activity.share > 0.6 ? [{ stamp: stamp(activity.date, 15 * 60 + 4, context) }] : [];
  return context.knobs.inactivityStamps === "wrapped" ? { samples: stamps } : stamps;
}

export function activitySamples(
  activity: ActivityDay,
  login: string,
  flags: ActivityFlags,
  context: WireContext,
) {
  return {
    date: activity.date,
    ...(flags.steps
      ? {
          steps: {
            interval_ms: 60_000,
            total_steps: activity.steps,
            samples: stepSamples(activity, login, context),
          },
        }
      : {}),
    ...(flags.zones
      ? {
          activity_zones: {
            samples: zonesByHour(activity, login).map((zone, hour) => ({
              zone,
              timestamp: `${activity.date}T${clockText(hour * 60)}:00`,
            })),
          },
        }
      : {}),
    ...(flags.inactivity ? { inactivity_stamps: inactivityStamps(activity, context) } : {}),
  };
}

/** The summary of the plain API, snake_case, naive times and no date of its own. */
export function plainActivity(
  activity: ActivityDay,
  login: string,
  flags: ActivityFlags,
  context: WireContext,
) {
  const asked = flags.steps || flags.zones || flags.inactivity;
  const form = context.knobs.durations;
  return {
    start_time: stamp(activity.date, 0, context),
    end_time: stamp(activity.date, Math.floor(activity.share * 1439), context),
    active_duration: isoDuration(activity.activeMinutes * 60_000, form),
    inactive_duration: isoDuration(activity.inactiveMinutes * 60_000, form),
    daily_activity: activity.goalPercent,
    calories: activity.calories,
    active_calories: activity.activeCalories,
    steps: activity.steps,
    inactivity_alert_count: activity.share > 0.6 ? 1 : 0,
    distance_from_steps: activity.distanceM,
    ...(asked ? { samples: activitySamples(activity, login, flags, context) } : {}),
  };
}

/** The summary inside a transaction, kebab-case. */
export function transactionalActivity(activity: ActivityDay, transactionId: number, context: WireContext) {
  return {
    id: activity.id,
    "polar-user": userUrl(context),
    "transaction-id": transactionId,
    date: activity.date,
    created: utcDateTime(activity.uploadedAt),
    calories: activity.calories,
    "active-calories": activity.activeCalories,
    duration: isoDuration(activity.activeMinutes * 60_000, context.knobs.durations),
    "active-steps": activity.steps,
  };
}

export function transactionalSteps(activity: ActivityDay, login: string) {
  const minutes = stepsByMinute(activity, login);
  return {
    date: activity.date,
    interval: 1,
    samples: minutes.map((steps, i) => ({
      steps: steps === 0 ? null : steps,
      time: `${clockText(i)}:00.000`,
    })),
  };
}

export function transactionalZones(activity: ActivityDay, login: string) {
  return {
    date: activity.date,
    interval: 60,
    samples: zonesByHour(activity, login).map((zone, hour) => ({
      time: `${clockText(hour * 60)}:00.000`,
      "activity-zones": [0, 1, 2, 3, 4, 5].map((index) => ({
        index,
        inzone: index === zoneIndex[zone] ? "PT1H" : "PT0S",
      })),
    })),
  };
}
