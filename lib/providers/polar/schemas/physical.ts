import { z } from "zod";
import { maybeNumber, maybeText, time } from "./field";

/** `/v3/users/physical-info`, and a transaction's physical information with its keys in snake_case. */
export const physicalSchema = z.object({
  created: time().nullish(),
  modified: time().nullish(),
  weight: maybeNumber(),
  height: maybeNumber(),
  maximum_heart_rate: maybeNumber(),
  resting_heart_rate: maybeNumber(),
  aerobic_threshold: maybeNumber(),
  anaerobic_threshold: maybeNumber(),
  vo2_max: maybeNumber(),
  gender: maybeText(),
  weight_source: maybeText(),
  training_background: maybeText(),
  typical_day: maybeText(),
  sleep_goal: maybeText(),
});
