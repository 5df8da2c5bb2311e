/** What a coach may name as the known cause of an episode. */
export const CAUSES = [
  "ill",
  "injured",
  "travel",
  "altitude",
  "heat",
  "alcohol",
  "short-sleep",
  "life-stress",
  "planned-load",
  "detraining",
  "device",
  "other",
] as const;
