/** Polar's ten steps of a session's perceived exertion, from 1 upwards (AccessLink, `training_load_pro.user_rpe`). */
const STEPS: readonly string[] = [
  "RPE_NONE",
  "RPE_EASY",
  "RPE_LIGHT",
  "RPE_FAIRLY_BRISK",
  "RPE_BRISK",
  "RPE_MODERATE",
  "RPE_FAIRLY_HARD",
  "RPE_HARD",
  "RPE_EXHAUSTING",
  "RPE_EXTREME",
];

/**
 * Perceived exertion of a session, 1 to 10; null when the athlete did not say. `RPE_NONE` is a 1 only beside a perceived
 * load: without one nothing shows that anybody answered.
 */
export function perceivedExertion(polar: {
  userRpe: string | null;
  perceivedLoad: number | null;
}): number | null {
  const step = STEPS.indexOf(polar.userRpe ?? "") + 1;
  if (step === 1) return polar.perceivedLoad ? 1 : null;
  return step > 1 ? step : null;
}
