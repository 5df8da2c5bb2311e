import { z } from "zod";
import { duration, maybeNumber, maybeText, number, time } from "./field";
import { storable } from "./storable";

const zone = z.object({
  index: number(),
  lower_limit: number(),
  upper_limit: number(),
  in_zone: duration(),
});

const sample = z.object({
  recording_rate: maybeNumber(),
  /** Documented as text; also seen as a number. */
  sample_type: z.union([z.string(), z.number()]),
  data: z.string(),
});

const routePoint = z.object({ latitude: number(), longitude: number(), time: duration() });

const trainingLoadPro = z.object({
  cardio_load: maybeNumber(),
  muscle_load: maybeNumber(),
  perceived_load: maybeNumber(),
  cardio_load_interpretation: maybeText(),
  user_rpe: maybeText(),
});

/** An exercise with its keys brought to snake_case: of a transaction (numeric id) or of `/v3/exercises` (hash id). */
export const exerciseSchema = z.object({
  id: z.union([z.number().int().positive(), z.string().min(1).max(100).transform(storable)]),
  upload_time: time().nullish(),
  device: maybeText(),
  device_id: maybeText(),
  start_time: time(),
  start_time_utc_offset: z.number().int().min(-1080).max(1080).nullish(),
  duration: duration(),
  calories: maybeNumber(),
  distance: maybeNumber(),
  heart_rate: z.object({ average: maybeNumber(), maximum: maybeNumber() }).nullish(),
  training_load: maybeNumber(),
  sport: maybeText(),
  detailed_sport_info: maybeText(),
  has_route: z.boolean().nullish(),
  fat_percentage: maybeNumber(),
  carbohydrate_percentage: maybeNumber(),
  protein_percentage: maybeNumber(),
  running_index: maybeNumber(),
  training_load_pro: trainingLoadPro.nullish(),
  heart_rate_zones: z.array(zone).nullish(),
  samples: z.array(sample).nullish(),
  route: z.array(routePoint).nullish(),
});

export type ExercisePayload = z.output<typeof exerciseSchema>;
