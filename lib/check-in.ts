/**
 * The four questions of the morning, each 1 (good) to 7 (bad): Hooper & Mackinnon 1995,
 * doi:10.2165/00007256-199520050-00003.
 */
export const QUESTIONS = ["sleepQuality", "fatigue", "soreness", "lifeStress"] as const;
export type Question = (typeof QUESTIONS)[number];

/** What an athlete may tick beside the questions. */
export const CHECK_IN_TAGS = [
  "ill",
  "injured",
  "travel",
  "altitude",
  "late-night",
  "alcohol",
  "cycle",
] as const;
export type CheckInTag = (typeof CHECK_IN_TAGS)[number];

/** Answers can be changed until this local time, `HH:MM`: by then the morning has used them. */
export const CHANGEABLE_UNTIL = "12:00";
