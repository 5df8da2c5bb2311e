import { z } from "zod";
import { civilDate, duration, maybeNumber, maybeText, number, plainText, time } from "./field";

/** One day of `/v3/users/cardio-load`; keys in snake_case (`very-high` occurs in the documentation only). */
export const cardioLoadSchema = z.object({
  date: civilDate(),
  cardio_load_status: maybeText(),
  cardio_load: maybeNumber(),
  strain: maybeNumber(),
  tolerance: maybeNumber(),
  cardio_load_ratio: maybeNumber(),
  cardio_load_level: z
    .object({ very_low: number(), low: number(), medium: number(), high: number(), very_high: number() })
    .nullish(),
});

/** A day summary of an activity transaction, keys in snake_case. */
export const activitySummarySchema = z.object({
  id: z.number().int().positive(),
  date: civilDate(),
  calories: maybeNumber(),
  active_calories: maybeNumber(),
  duration: duration().nullish(),
  active_steps: maybeNumber(),
});

/** A day of `/v3/users/activities`; times are the device's wall clock. */
export const activityDaySchema = z.object({
  start_time: time(),
  end_time: time().nullish(),
  active_duration: duration().nullish(),
  inactive_duration: duration().nullish(),
  daily_activity: maybeNumber(),
  calories: maybeNumber(),
  active_calories: maybeNumber(),
  steps: maybeNumber(),
  inactivity_alert_count: maybeNumber(),
  distance_from_steps: maybeNumber(),
  samples: z
    .object({
      activity_zones: z
        .object({ samples: z.array(z.object({ zone: plainText(), timestamp: time() })).nullish() })
        .nullish(),
    })
    .nullish(),
});

/** A day of `/v3/users/continuous-heart-rate`; samples are judged one by one. */
export const heartRateDaySchema = z.object({
  date: civilDate(),
  heart_rate_samples: z.array(z.unknown()).nullish(),
});
